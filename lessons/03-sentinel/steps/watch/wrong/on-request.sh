#!/usr/bin/env bash
# host: redis-1
# expect: happened: a failover on request (SENTINEL FAILOVER) is not a failure
# The Sentinels are right, but nothing has failed: they were told to change the master.
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
sentinel monitor mymaster redis-1 6379 2
sentinel down-after-milliseconds mymaster 5000
sentinel failover-timeout mymaster 15000
CONF
sudo systemctl enable --now redis-sentinel
SCRIPT
done
until redis-cli -p 26379 INFO sentinel | grep -q 'slaves=2,sentinels=3'; do sleep 0.5; done
redis-cli -p 26379 SENTINEL FAILOVER mymaster
until redis-cli INFO replication | grep -q 'master_link_status:up'; do sleep 0.5; done
sleep 2
