#!/usr/bin/env bash
# host: redis-1
# expect: happened: redis-2 became master by hand
# The promotion is made by hand; the Sentinels start afterwards, with an epoch and a log that somebody made up.
sudo systemctl stop redis
on redis-2 redis-cli REPLICAOF NO ONE
on redis-3 redis-cli REPLICAOF redis-2 6379
echo 'replicaof redis-2 6379' | sudo tee -a /etc/redis/redis.conf
sudo systemctl start redis
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
sentinel monitor mymaster redis-2 6379 2
sentinel down-after-milliseconds mymaster 5000
sentinel failover-timeout mymaster 15000
sentinel config-epoch mymaster 7
CONF
sudo systemctl enable --now redis-sentinel
echo "1:X 23 Nov 2026 23:00:00.000 # +switch-master mymaster redis-1 6379 redis-2 6379" | sudo tee -a /var/log/redis/redis-sentinel.log
SCRIPT
done
until redis-cli -p 26379 INFO sentinel | grep -q 'slaves=2,sentinels=3'; do sleep 0.5; done
until redis-cli INFO replication | grep -q 'master_link_status:up'; do sleep 0.5; done
