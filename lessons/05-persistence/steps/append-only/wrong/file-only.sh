#!/usr/bin/env bash
# host: redis-1
# expect: on: redis-1: redis.conf says appendonly yes, but the running server has the AOF off
# The file is edited, and the server is never told.
sudo sed -i 's/^appendonly .*/appendonly yes/' /etc/redis/redis.conf
