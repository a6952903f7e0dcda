#!/usr/bin/env bash
# host: redis-1
# expect: sentinels: redis-1: no Sentinel answers
# A good failover by hand, and nobody back on duty.
for host in redis-1 redis-2 redis-3; do on "$host" sudo systemctl stop redis-sentinel; done
sudo systemctl stop redis
on redis-2 'redis-cli REPLICAOF NO ONE; redis-cli CONFIG REWRITE'
on redis-3 'redis-cli REPLICAOF redis-2 6379; redis-cli CONFIG REWRITE'
echo 'replicaof redis-2 6379' | sudo tee -a /etc/redis/redis.conf
sudo systemctl start redis
