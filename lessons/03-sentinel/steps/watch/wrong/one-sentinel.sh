#!/usr/bin/env bash
# host: redis-2
# expect: quorum: redis-1: no Sentinel answers on port 26379; redis-3: no Sentinel answers on port 26379
# One Sentinel, quorum 1: it does fail over, but it is itself a single point of failure.
sudo tee /etc/redis/sentinel.conf > /dev/null <<'CONF'
port 26379
daemonize yes
pidfile /run/sentinel/redis-sentinel.pid
logfile /var/log/redis/redis-sentinel.log
dir /var/lib/redis
protected-mode no
sentinel resolve-hostnames yes
sentinel monitor mymaster redis-1 6379 1
sentinel down-after-milliseconds mymaster 5000
sentinel failover-timeout mymaster 15000
CONF
sudo systemctl enable --now redis-sentinel
until redis-cli -p 26379 INFO sentinel | grep -q 'status=ok'; do sleep 0.5; done
