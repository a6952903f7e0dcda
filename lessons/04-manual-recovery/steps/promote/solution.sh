#!/usr/bin/env bash
# host: redis-1
# 1. The failure.
sudo systemctl stop redis

# 2. Which replica has received more? Promote that one.
offset() { on "$1" redis-cli INFO replication | tr -d '\r' | sed -n 's/^slave_repl_offset://p'; }
new=redis-2 other=redis-3
if [ "$(offset redis-3)" -gt "$(offset redis-2)" ]; then new=redis-3 other=redis-2; fi
on "$new" redis-cli REPLICAOF NO ONE
on "$new" redis-cli CONFIG REWRITE

# 3. The other replica follows the new master.
on "$other" redis-cli REPLICAOF "$new" 6379
on "$other" redis-cli CONFIG REWRITE

# 4. The old master comes back as a replica: its file says so before it starts.
echo "replicaof $new 6379" | sudo tee -a /etc/redis/redis.conf
sudo systemctl start redis

# answers
master=$(redis-cli ROLE | sed -n 2p)
answer switch-offset "$(redis-cli -h "$master" INFO replication | tr -d '\r' | sed -n 's/^second_repl_offset://p')"
answer which-replica redis-3
