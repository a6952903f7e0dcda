#!/usr/bin/env bash
# host: redis-1
# expect: kept: redis-1 has 0 of 500 orders
# The usual text word for word: the file, then a restart.
sudo sed -i -e 's/^appendonly .*/appendonly yes/' -e 's/^auto-aof-rewrite-min-size .*/auto-aof-rewrite-min-size 1mb/' /etc/redis/redis.conf
sudo systemctl restart redis
