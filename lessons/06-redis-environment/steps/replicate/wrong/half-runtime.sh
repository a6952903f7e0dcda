#!/usr/bin/env bash
# host: redis-1
# expect: survives: link down
# The roles are in the files, but redis-1 was opened to the others at run time only.
for host in redis-1 redis-2 redis-3; do
  on $host <<'setup' &
sudo apt-get update -q && sudo apt-get install -y redis-server
[ "$(hostname)" = redis-1 ] || echo 'replicaof redis-1 6379' | sudo tee -a /etc/redis/redis.conf
sudo systemctl restart redis-server
redis-cli CONFIG SET bind 0.0.0.0
redis-cli CONFIG SET protected-mode no
setup
done
wait
answer backlog 1048576
answer typed master
sleep 2
