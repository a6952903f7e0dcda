#!/usr/bin/env bash
# after: solution until 1.
# expect: by-hand: both took writes for
# The replica is promoted first, and the old master stopped when somebody thinks of it.
on redis-2 'redis-cli REPLICAOF NO ONE; redis-cli CONFIG REWRITE'
on redis-3 'redis-cli REPLICAOF redis-2 6379; redis-cli CONFIG REWRITE'
sleep 8
sudo systemctl stop redis
echo 'replicaof redis-2 6379' | sudo tee -a /etc/redis/redis.conf
sudo systemctl start redis
