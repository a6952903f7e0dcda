#!/usr/bin/env bash
# host: redis-3
# expect: roles: redis-3 says role:master, so it replicates nobody
sudo sed -i '/^replicaof/d' /etc/redis/redis.conf
sudo systemctl restart redis-server
