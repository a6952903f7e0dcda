#!/usr/bin/env bash
# host: redis-3
# Another way: the Sentinels keep running and forget the group for the time of the work; addresses instead of names.
address() { getent hosts "$1" | head -1 | cut -d ' ' -f 1; }
for host in redis-1 redis-2 redis-3; do on "$host" redis-cli -p 26379 SENTINEL REMOVE mymaster; done
on redis-1 'sudo systemctl kill -s KILL redis'
redis-cli SLAVEOF NO ONE
redis-cli CONFIG REWRITE
on redis-2 "redis-cli SLAVEOF $(address redis-3) 6379; redis-cli CONFIG REWRITE"
on redis-1 "sudo systemctl start redis; redis-cli SLAVEOF $(address redis-3) 6379; redis-cli CONFIG REWRITE"
until [ "$(redis-cli INFO replication | grep -c state=online)" = 2 ]; do sleep 0.2; done
for host in redis-1 redis-2 redis-3; do
  on "$host" "redis-cli -p 26379 SENTINEL MONITOR mymaster $(address redis-3) 6379 2; redis-cli -p 26379 SENTINEL SET mymaster down-after-milliseconds 5000 failover-timeout 15000 parallel-syncs 1"
done
answer full-syncs "$(redis-cli INFO stats | tr -d '\r' | sed -n 's/^sync_full://p')"
answer old-file fails-over
