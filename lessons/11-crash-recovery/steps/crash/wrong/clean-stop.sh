#!/usr/bin/env bash
# host: redis-1
# expect: crashed: redis-1 was shut down cleanly
# A "crash" by systemctl: Redis is asked to end, and saves.
for host in redis-1 redis-2 redis-3; do
  on "$host" <<'X'
redis-cli CONFIG SET appendonly yes
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done
redis-cli CONFIG REWRITE
X
done
redis-cli SET crash 1
sudo systemctl stop redis
sudo systemctl start redis
