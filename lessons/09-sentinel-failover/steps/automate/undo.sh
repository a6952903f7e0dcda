#!/usr/bin/env bash
# host: redis-1
# expect: quorum: redis-2: no Sentinel answers on port 26379
for host in redis-1 redis-2 redis-3; do
  on $host 'sudo systemctl disable --now redis-sentinel; sudo rm -f /etc/redis/notify.sh'
done
