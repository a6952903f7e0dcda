#!/usr/bin/env bash
# after: solution until 3.
# expect: quorum: redis-2: no Sentinel answers on port 26379; redis-3: no Sentinel answers on port 26379
# One Sentinel, quorum 1: it does fail over, but it is itself a single point of failure.
for host in redis-2 redis-3; do on $host sudo systemctl disable --now redis-sentinel; done
redis-cli -p 26379 SENTINEL RESET mymaster
redis-cli -p 26379 SENTINEL SET mymaster quorum 1
