#!/usr/bin/env bash
# after: solution until 3.
# expect: quorum: redis-1: the quorum is 3, not 2
# All three must agree: as soon as a whole host is lost, two are left, and nothing happens.
for host in redis-1 redis-2 redis-3; do on $host redis-cli -p 26379 SENTINEL SET mymaster quorum 3; done
