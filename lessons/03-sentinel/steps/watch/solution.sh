#!/usr/bin/env bash
# host: redis-1
# 1. The same configuration on all three hosts, and a Sentinel as a service on each.
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
sentinel parallel-syncs mymaster 1
CONF
sudo systemctl enable --now redis-sentinel
SCRIPT
done

# 2. Do they know each other?
until redis-cli -p 26379 INFO sentinel | grep -q 'slaves=2,sentinels=3'; do sleep 0.5; done
redis-cli -p 26379 SENTINEL CKQUORUM mymaster

# 3. The failure: the master stops. About seven seconds later a replica is master.
master() { redis-cli -p 26379 SENTINEL GET-MASTER-ADDR-BY-NAME mymaster | head -1; }
old=$(master)
sudo systemctl stop redis
until [ "$(master)" != "$old" ]; do sleep 0.5; done
master

# 4. The old master comes back: the Sentinels make it a replica, about 15 s later.
sudo systemctl start redis
until redis-cli INFO replication | grep -q 'master_link_status:up'; do sleep 0.5; done

# 5. Who led? And how many of seven must vote?
# answers
for host in redis-1 redis-2 redis-3; do
  on $host sudo grep -q elected-leader /var/log/redis/redis-sentinel.log && answer leader $host
done
answer majority 4
