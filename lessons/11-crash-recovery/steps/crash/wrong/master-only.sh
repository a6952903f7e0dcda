#!/usr/bin/env bash
# host: redis-1
# expect: on: redis-2: the AOF is off; redis-3: the AOF is off
# The AOF is on only where the master is today.
redis-cli CONFIG SET appendonly yes
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done
redis-cli CONFIG REWRITE
sudo systemctl kill -s KILL redis
sudo systemctl start redis
