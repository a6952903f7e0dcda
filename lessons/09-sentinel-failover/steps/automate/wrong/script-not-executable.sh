#!/usr/bin/env bash
# after: solution until 2.
# expect: quorum: redis-1: no Sentinel answers on port 26379
# The script may not be executed: the Sentinel refuses to start.
for host in redis-1 redis-2 redis-3; do
  on $host 'sudo chmod 644 /etc/redis/notify.sh; sudo systemctl restart redis-sentinel'
done
