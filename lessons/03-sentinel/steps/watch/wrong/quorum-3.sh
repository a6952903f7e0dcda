#!/usr/bin/env bash
# host: redis-1
# expect: quorum: redis-1: the quorum is 3, not 2
# All three must agree: as soon as a whole host is lost, two are left, and nothing happens.
for host in redis-1 redis-2 redis-3; do
  on $host <<'SCRIPT'
sudo tee /etc/redis/sentinel.conf > /dev/null <<'CONF'
port 26379
daemonize yes
pidfile /run/sentinel/redis-sentinel.pid
logfile /var/log/redis/redis-sentinel.log
dir /var/lib/redis
protected-mode no
sentinel resolve-hostnames yes
sentinel monitor mymaster redis-1 6379 3
sentinel down-after-milliseconds mymaster 5000
sentinel failover-timeout mymaster 15000
CONF
sudo systemctl enable --now redis-sentinel
SCRIPT
done
until redis-cli -p 26379 INFO sentinel | grep -q 'slaves=2,sentinels=3'; do sleep 0.5; done
