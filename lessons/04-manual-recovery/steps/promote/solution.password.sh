#!/usr/bin/env bash
# host: redis-1
# Another way: with a password on all three, redis-3 promoted, and the old master told when it runs again.
for host in redis-2 redis-3 redis-1; do
  on "$host" "redis-cli CONFIG SET masterauth longsecret && redis-cli CONFIG SET requirepass longsecret && redis-cli -a longsecret --no-auth-warning CONFIG REWRITE"
done
sudo kill -9 "$(pgrep -x redis-server)"
export REDISCLI_AUTH=longsecret
on redis-3 'export REDISCLI_AUTH=longsecret; redis-cli REPLICAOF NO ONE; redis-cli CONFIG REWRITE'
on redis-2 'export REDISCLI_AUTH=longsecret; redis-cli REPLICAOF redis-3 6379; redis-cli CONFIG REWRITE'
sudo systemctl start redis
redis-cli REPLICAOF redis-3 6379
redis-cli CONFIG REWRITE
answer switch-offset "$(redis-cli -h redis-3 INFO replication | tr -d '\r' | sed -n 's/^second_repl_offset://p')"
answer which-replica redis-3
