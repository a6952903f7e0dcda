#!/usr/bin/env bash
# host: redis-1
# expect: quorum: redis-1: no Sentinel answers on port 26379
# The script may not be executed: the Sentinel refuses to start.
for host in redis-1 redis-2 redis-3; do
  on $host <<'SCRIPT'
sudo tee /etc/redis/notify.sh > /dev/null <<'NOTIFY'
#!/bin/sh
curl -s -m 5 -d "$1 $2 (told by $(hostname))" http://inbox/sentinel
exit 0
NOTIFY
sudo chmod 644 /etc/redis/notify.sh
sudo tee /etc/redis/sentinel.conf > /dev/null <<'CONF'
port 26379
daemonize yes
pidfile /run/sentinel/redis-sentinel.pid
logfile /var/log/redis/redis-sentinel.log
dir /var/lib/redis
protected-mode no
sentinel resolve-hostnames yes
sentinel monitor mymaster redis-1 6379 2
sentinel down-after-milliseconds mymaster 5000
sentinel failover-timeout mymaster 15000
sentinel parallel-syncs mymaster 1
sentinel notification-script mymaster /etc/redis/notify.sh
CONF
sudo systemctl enable --now redis-sentinel
SCRIPT
done
