#!/usr/bin/env bash
# host: redis-1
# expect: roles: redis-3 follows redis-2, not redis-1
for host in redis-1 redis-2 redis-3; do
  on $host <<'setup' &
sudo apt-get update -q && sudo apt-get install -y redis-server
sudo sed -i -e 's/^bind .*/bind 0.0.0.0/' -e 's/^protected-mode .*/protected-mode no/' /etc/redis/redis.conf
[ "$(hostname)" = redis-2 ] && echo 'replicaof redis-1 6379' | sudo tee -a /etc/redis/redis.conf
[ "$(hostname)" = redis-3 ] && echo 'replicaof redis-2 6379' | sudo tee -a /etc/redis/redis.conf
sudo systemctl restart redis-server
setup
done
wait
