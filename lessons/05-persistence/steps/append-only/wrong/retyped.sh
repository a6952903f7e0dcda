#!/usr/bin/env bash
# host: redis-1
# expect: kept: redis-1 has 0 of 500 orders
# The data are lost by a restart, and keys of the same names are typed in again.
keys=$(redis-cli --scan --pattern 'order:*')
sudo sed -i -e 's/^appendonly .*/appendonly yes/' -e 's/^auto-aof-rewrite-min-size .*/auto-aof-rewrite-min-size 1mb/' /etc/redis/redis.conf
sudo systemctl restart redis
for key in $keys; do echo "SET $key paid"; done | redis-cli --pipe
