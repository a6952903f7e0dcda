#!/usr/bin/env bash
# host: redis-1
# Another right way: the settings of one's own in a file that redis.conf includes.
for host in redis-1 redis-2 redis-3; do
  on $host <<'setup' &
sudo apt-get update -q && sudo apt-get install -y redis-server
printf 'bind *\nprotected-mode no\n' | sudo tee /etc/redis/own.conf
[ "$(hostname)" = redis-1 ] || echo 'replicaof redis-1 6379' | sudo tee -a /etc/redis/own.conf
echo 'include /etc/redis/own.conf' | sudo tee -a /etc/redis/redis.conf
sudo systemctl enable redis-server
sudo systemctl restart redis-server
setup
done
wait
sleep 1
answer backlog "$(redis-cli INFO replication | sed -n 's/^repl_backlog_size:\([0-9]*\).*/\1/p')"
answer typed master
