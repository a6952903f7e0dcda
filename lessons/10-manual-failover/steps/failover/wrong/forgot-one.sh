#!/usr/bin/env bash
# host: redis-1
# expect: sentinels: redis-3: its Sentinel still watches redis-1
# The Sentinel of redis-3 starts again with its old file.
for host in redis-1 redis-2 redis-3; do on "$host" sudo systemctl stop redis-sentinel; done
sudo systemctl stop redis
on redis-2 'redis-cli REPLICAOF NO ONE; redis-cli CONFIG REWRITE'
on redis-3 'redis-cli REPLICAOF redis-2 6379; redis-cli CONFIG REWRITE'
echo 'replicaof redis-2 6379' | sudo tee -a /etc/redis/redis.conf
sudo systemctl start redis
for host in redis-1 redis-2; do
  on "$host" "sudo sed -i -e 's/^sentinel monitor .*/sentinel monitor mymaster redis-2 6379 2/' -e '/^sentinel known-replica/d' /etc/redis/sentinel.conf; sudo systemctl start redis-sentinel"
done
on redis-3 sudo systemctl start redis-sentinel
