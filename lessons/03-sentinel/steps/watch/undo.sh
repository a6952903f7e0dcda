#!/usr/bin/env bash
# host: redis-1
# expect: quorum: redis-3: no Sentinel answers on port 26379
for host in redis-1 redis-2 redis-3; do on $host sudo systemctl disable --now redis-sentinel; done
