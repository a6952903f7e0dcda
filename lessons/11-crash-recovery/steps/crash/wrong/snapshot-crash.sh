#!/usr/bin/env bash
# host: redis-1
# expect: crashed: it read its snapshot
# Crashed first, and switched on afterwards: what came back was the snapshot.
sudo systemctl kill -s KILL redis
sudo systemctl start redis
until redis-cli INFO persistence | grep -q '^loading:0'; do sleep 0.2; done
for host in redis-1 redis-2 redis-3; do
  on "$host" <<'X'
redis-cli CONFIG SET appendonly yes
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done
redis-cli CONFIG REWRITE
X
done
