#!/usr/bin/env bash
# host: redis-1
# expect: servers: redis-1: Redis was started by hand
# expect: servers: redis-2: Redis is not installed
sudo apt-get update -q && sudo apt-get install -y redis-server
sudo systemctl stop redis-server
redis-server --port 6379 --daemonize yes --dir /tmp --protected-mode no > /dev/null
for port in 6380 6381; do
  redis-server --port $port --daemonize yes --dir /tmp --dbfilename $port.rdb --replicaof 127.0.0.1 6379 > /dev/null
done
