#!/usr/bin/env bash
# host: redis-1
# 0. The Sentinels off duty, or they would make a failover of their own.
for host in redis-1 redis-2 redis-3; do on "$host" sudo systemctl stop redis-sentinel; done

# 1. The master goes down.
sudo systemctl stop redis

# 2. Promote the replica that has received most.
offset() { on "$1" redis-cli INFO replication | tr -d '\r' | sed -n 's/^slave_repl_offset://p'; }
new=redis-2 other=redis-3
if [ "$(offset redis-3)" -gt "$(offset redis-2)" ]; then new=redis-3 other=redis-2; fi
on "$new" 'redis-cli REPLICAOF NO ONE; redis-cli CONFIG REWRITE'

# 3. The other replica follows it.
on "$other" "redis-cli REPLICAOF $new 6379; redis-cli CONFIG REWRITE"

# 4. The old master comes back as its replica.
echo "replicaof $new 6379" | sudo tee -a /etc/redis/redis.conf
sudo systemctl start redis

# 5. The Sentinels back on duty, told whom to watch.
for host in redis-1 redis-2 redis-3; do
  on "$host" "sudo sed -i -e 's/^sentinel monitor mymaster .*/sentinel monitor mymaster $new 6379 2/' -e '/^sentinel known-replica/d' /etc/redis/sentinel.conf; sudo systemctl start redis-sentinel"
done

# answers
until redis-cli INFO replication | grep -q master_link_status:up; do sleep 0.2; done
master=$(redis-cli ROLE | sed -n 2p)
until [ "$(redis-cli -h "$master" INFO replication | grep -c state=online)" = 2 ]; do sleep 0.2; done
answer full-syncs "$(redis-cli -h "$master" INFO stats | tr -d '\r' | sed -n 's/^sync_full://p')"
answer old-file fails-over
