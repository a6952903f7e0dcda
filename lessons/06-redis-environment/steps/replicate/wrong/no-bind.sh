#!/usr/bin/env bash
# host: redis-1
# expect: reachable: redis-1 refuses redis-2: it listens on its own localhost only (bind)
# replicaof is set, but bind and protected-mode are as Debian delivers them.
for host in redis-1 redis-2 redis-3; do on $host 'sudo apt-get update -q && sudo apt-get install -y redis-server'; done
for host in redis-2 redis-3; do on $host "echo 'replicaof redis-1 6379' | sudo tee -a /etc/redis/redis.conf"; done
for host in redis-1 redis-2 redis-3; do on $host sudo systemctl restart redis-server; done
