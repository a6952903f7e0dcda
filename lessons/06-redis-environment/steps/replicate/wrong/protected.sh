#!/usr/bin/env bash
# host: redis-1
# expect: reachable: redis-1 answers redis-2 with DENIED: protected mode is on and there is no password
for host in redis-1 redis-2 redis-3; do
  on $host <<'setup' &
sudo apt-get update -q && sudo apt-get install -y redis-server
sudo sed -i 's/^bind .*/bind 0.0.0.0/' /etc/redis/redis.conf
[ "$(hostname)" = redis-1 ] || echo 'replicaof redis-1 6379' | sudo tee -a /etc/redis/redis.conf
sudo systemctl restart redis-server
setup
done
wait
