#!/usr/bin/env bash
# host: redis-1
for host in redis-1 redis-2 redis-3; do
  on $host <<'setup'
sudo apt-get update
sudo apt-get install -y redis-server
sudo sed -i -e 's/^bind .*/bind 0.0.0.0/' -e 's/^protected-mode .*/protected-mode no/' /etc/redis/redis.conf
setup
done
for host in redis-2 redis-3; do
  on $host <<'replica'
echo 'replicaof redis-1 6379' | sudo tee -a /etc/redis/redis.conf
replica
done
for host in redis-1 redis-2 redis-3; do
  on $host 'sudo systemctl enable redis-server; sudo systemctl restart redis-server'
done
# answers
sleep 1
answer backlog "$(redis-cli INFO replication | sed -n 's/^repl_backlog_size:\([0-9]*\).*/\1/p')"
answer typed master
