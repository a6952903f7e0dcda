#!/usr/bin/env bash
# host: redis-1
# Another right way: users instead of one password, each server bound to the lab's address alone, the old word slaveof.
for host in redis-1 redis-2 redis-3; do
  on $host <<'setup' &
sudo apt-get update -q && sudo apt-get install -y redis-server
own=$(getent hosts "$(hostname)" | cut -d' ' -f1)
sudo sed -i -e "s/^bind .*/bind $own/" -e 's/^protected-mode .*/protected-mode no/' /etc/redis/redis.conf
sudo tee -a /etc/redis/redis.conf > /dev/null <<'conf'
user default off
user admin on >open-sesame ~* &* +@all
user mirror on >copy-me +psync +replconf +ping
masteruser mirror
masterauth copy-me
conf
[ "$(hostname)" = redis-1 ] || echo 'slaveof redis-1 6379' | sudo tee -a /etc/redis/redis.conf > /dev/null
sudo systemctl restart redis-server
setup
done
wait
sleep 1
answer backlog 1048576
answer typed master
