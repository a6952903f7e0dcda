#!/usr/bin/env bash
# host: redis-1
# expect: roles: redis-2 says role:master, so it replicates nobody
# Three masters that hold the same key by hand.
for host in redis-1 redis-2 redis-3; do
  on $host <<'setup' &
sudo apt-get update -q && sudo apt-get install -y redis-server
sudo sed -i -e 's/^bind .*/bind 0.0.0.0/' -e 's/^protected-mode .*/protected-mode no/' /etc/redis/redis.conf
sudo systemctl restart redis-server
redis-cli SET hello world
setup
done
wait
