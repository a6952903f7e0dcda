#!/usr/bin/env bash
# host: redis-1
# 1. The append-only file on all three, while they run.
for host in redis-1 redis-2 redis-3; do
  on "$host" <<'X'
redis-cli CONFIG SET appendonly yes
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done
redis-cli CONFIG SET appendfsync everysec
redis-cli CONFIG REWRITE
X
done

# 2. Write, and crash the master.
for n in $(seq 100); do echo "SET crash:$n $n"; done | redis-cli --pipe
sudo systemctl kill -s KILL redis

# 3. Start it again and count.
sudo systemctl start redis
until redis-cli INFO persistence | grep -q '^loading:0'; do sleep 0.2; done
redis-cli GET crash:100
grep 'DB loaded' /var/log/redis/redis-server.log | tail -3

# answers
answer clean-stop saves
answer empty-master replicas-empty
