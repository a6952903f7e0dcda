#!/usr/bin/env bash
# host: redis-1
# expect: files: redis.conf of redis-2 says nothing of replication
for host in redis-1 redis-2 redis-3; do
  on $host <<'setup' &
sudo apt-get update -q && sudo apt-get install -y redis-server
sudo systemctl start redis-server
redis-cli CONFIG SET bind 0.0.0.0
redis-cli CONFIG SET protected-mode no
setup
done
wait
for host in redis-2 redis-3; do on $host redis-cli REPLICAOF redis-1 6379; done
