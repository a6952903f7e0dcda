#!/usr/bin/env bash
# host: redis-1
# expect: promoted: redis-1 is still (or again) the master
redis-cli REPLICAOF NO ONE
redis-cli CONFIG REWRITE
for host in redis-2 redis-3; do
  on "$host" redis-cli REPLICAOF redis-1 6379
  on "$host" redis-cli CONFIG REWRITE
done
