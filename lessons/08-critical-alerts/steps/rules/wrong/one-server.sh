#!/usr/bin/env bash
# after: solution
# Only the master has a limit.
# expect: limit: maxmemory of redis-2 is 0
# expect: limit: maxmemory of redis-3 is 0
for host in redis-2 redis-3; do on $host 'redis-cli CONFIG SET maxmemory 0 && redis-cli CONFIG REWRITE'; done
