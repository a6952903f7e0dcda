#!/usr/bin/env bash
# host: redis-2
# Addresses instead of names, a password, another name for the master, another log file, and a crash instead of a stop.
address=$(getent hosts redis-1 | cut -d' ' -f1)
for host in redis-1 redis-2 redis-3; do
  on $host 'redis-cli CONFIG SET masterauth tellme; redis-cli CONFIG SET requirepass tellme; redis-cli -a tellme CONFIG REWRITE'
done
for host in redis-1 redis-2 redis-3; do
  on $host <<SCRIPT
sudo sed -i -e '/^sentinel /Id' -e 's#^logfile .*#logfile /var/log/redis/watch.log#' /etc/redis/sentinel.conf
sudo tee -a /etc/redis/sentinel.conf <<'CONF'
sentinel monitor orders $address 6379 2
sentinel auth-pass orders tellme
sentinel down-after-milliseconds orders 3000
CONF
sudo systemctl enable redis-sentinel
sudo systemctl start redis-sentinel
SCRIPT
done
until redis-cli -p 26379 INFO sentinel | grep -q 'slaves=2,sentinels=3'; do sleep 0.5; done

on redis-1 'sudo kill -9 $(pgrep -x redis-server)'
until ! redis-cli -p 26379 SENTINEL GET-MASTER-ADDR-BY-NAME orders | grep -qx "$address"; do sleep 0.5; done
on redis-1 sudo systemctl start redis-server
until on redis-1 redis-cli -a tellme INFO replication | grep -q 'master_link_status:up'; do sleep 0.5; done

for host in redis-1 redis-2 redis-3; do
  on $host sudo grep -q elected-leader /var/log/redis/watch.log && answer leader $host
done
answer majority 4
