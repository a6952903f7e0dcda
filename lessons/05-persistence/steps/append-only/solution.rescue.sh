#!/usr/bin/env bash
# host: redis-1
# Another way: after the classic mistake, the snapshot is rescued before Redis saves the empty set over it.
sudo sed -i 's/^appendonly .*/appendonly yes/' /etc/redis/redis.conf
sudo systemctl restart redis
redis-cli DBSIZE

redis-cli SHUTDOWN NOSAVE
sudo rm -rf /var/lib/redis/appendonlydir
sudo sed -i 's/^appendonly .*/appendonly no/' /etc/redis/redis.conf
sudo systemctl start redis
redis-cli CONFIG SET appendonly yes
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done
redis-cli CONFIG SET auto-aof-rewrite-min-size 1mb
redis-cli CONFIG REWRITE
answer copy 0
answer everysec second
