#!/usr/bin/env bash
# host: redis-1
# expect: files: redis.conf of redis-2, the master, still says replicaof redis-1 6379
# Right in the running servers, and gone with the next restart.
sudo systemctl stop redis
on redis-2 redis-cli SLAVEOF NO ONE
on redis-3 redis-cli SLAVEOF redis-2 6379
sudo systemctl start redis
redis-cli SLAVEOF redis-2 6379
