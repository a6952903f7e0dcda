#!/usr/bin/env bash
# host: redis-1
# expect: promoted: redis-2 is a master, but it does not carry on the old history
# The keys are saved, everything is wiped, and a new trio is built around redis-2 with the same keys.
keys=$(redis-cli --scan)
commands=$(paste -d ' ' <(printf 'SET %s\n' $keys) <(redis-cli MGET $keys))
for host in redis-1 redis-2 redis-3; do
  on "$host" "sudo systemctl stop redis; sudo rm -rf /var/lib/redis/dump.rdb /var/lib/redis/appendonlydir; sudo sed -i '/^replicaof/d' /etc/redis/redis.conf"
done
for host in redis-1 redis-3; do
  on "$host" "echo 'replicaof redis-2 6379' | sudo tee -a /etc/redis/redis.conf"
done
for host in redis-2 redis-1 redis-3; do on "$host" sudo systemctl start redis; done
on redis-2 redis-cli --pipe <<< "$commands"
