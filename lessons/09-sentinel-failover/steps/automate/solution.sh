#!/usr/bin/env bash
# host: redis-1
# 1. On all three hosts: a script that reports, a configuration that names it, and the Sentinel as a service.
for host in redis-1 redis-2 redis-3; do
  on $host <<'SCRIPT'
sudo tee /etc/redis/notify.sh > /dev/null <<'NOTIFY'
#!/bin/sh
curl -s -m 5 -d "$1 $2 (told by $(hostname))" http://inbox/sentinel
exit 0
NOTIFY
sudo chmod 755 /etc/redis/notify.sh
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

# 2. They know each other. Then the master fails; about seven seconds later a replica is master.
for host in redis-1 redis-2 redis-3; do
  until redis-cli -h $host -p 26379 INFO sentinel | grep -q "slaves=2,sentinels=3"; do sleep 0.5; done
done
master() { redis-cli -p 26379 SENTINEL GET-MASTER-ADDR-BY-NAME mymaster | head -1; }
old=$(master)
sudo systemctl stop redis
until [ "$(master)" != "$old" ]; do sleep 0.5; done

# 3. The old master comes back, and the Sentinels make it a replica, about 15 s later.
sudo systemctl start redis
until redis-cli INFO replication | grep -q "master_link_status:up"; do sleep 0.5; done
grep '^replicaof' <(sudo cat /etc/redis/redis.conf)

# answers
answer order +switch-master
answer epoch "$(redis-cli -p 26379 SENTINEL MASTER mymaster | sed -n '/^config-epoch$/{n;p}')"
