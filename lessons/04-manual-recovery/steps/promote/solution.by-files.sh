#!/usr/bin/env bash
# host: redis-2
# Another way: by addresses and with the old word, and every role written into the files by hand.
address() { getent hosts "$1" | head -1 | cut -d ' ' -f 1; }
on redis-1 sudo systemctl stop redis-server
redis-cli SLAVEOF NO ONE
sudo sed -i '/^replicaof/d' /etc/redis/redis.conf
on redis-3 redis-cli SLAVEOF "$(address redis-2)" 6379
on redis-3 sudo sed -i "s/^replicaof .*/slaveof $(address redis-2) 6379/" /etc/redis/redis.conf
on redis-1 "echo 'slaveof $(address redis-2) 6379' | sudo tee -a /etc/redis/redis.conf"
on redis-1 sudo systemctl start redis-server
answer switch-offset "$(redis-cli INFO replication | tr -d '\r' | sed -n 's/^second_repl_offset://p')"
answer which-replica redis-3
