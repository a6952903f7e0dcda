#!/usr/bin/env bash
# host: redis-1
# Another right way: a password, bind to the own address, the role by REPLICAOF and CONFIG REWRITE, addresses for names.
for host in redis-1 redis-2 redis-3; do
  on $host <<'setup' &
sudo apt-get update -q && sudo apt-get install -y redis-server
own=$(getent hosts "$(hostname)" | cut -d' ' -f1)
sudo sed -i "s/^bind .*/bind 127.0.0.1 $own/" /etc/redis/redis.conf
printf 'requirepass "s3 same"\nmasterauth "s3 same"\n' | sudo tee -a /etc/redis/redis.conf > /dev/null
sudo systemctl restart redis
setup
done
wait
master=$(getent hosts redis-1 | cut -d' ' -f1)
for host in redis-2 redis-3; do
  on $host "export REDISCLI_AUTH='s3 same'; redis-cli REPLICAOF $master 6379; redis-cli CONFIG REWRITE"
done
sleep 1
answer backlog "$(REDISCLI_AUTH='s3 same' redis-cli INFO replication | sed -n 's/^repl_backlog_size:\([0-9]*\).*/\1/p')"
answer typed master
