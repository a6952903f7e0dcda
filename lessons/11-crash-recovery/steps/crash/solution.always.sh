#!/usr/bin/env bash
# host: redis-2
# Another way: every write synced, all three crashed by process id, the replicas first to start.
for host in redis-3 redis-2 redis-1; do
  on "$host" <<'X'
redis-cli CONFIG SET appendfsync always appendonly yes
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done
redis-cli CONFIG REWRITE
X
done
for host in redis-1 redis-2 redis-3; do on "$host" 'sudo kill -9 $(pgrep -x redis-server)'; done
for host in redis-2 redis-3 redis-1; do on "$host" sudo systemctl start redis-server; done
answer clean-stop saves
answer empty-master replicas-empty
