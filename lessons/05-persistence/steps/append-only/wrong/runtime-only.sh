#!/usr/bin/env bash
# host: redis-1
# expect: on: redis-1: the AOF is on, but redis.conf says appendonly no
# CONFIG SET without CONFIG REWRITE.
redis-cli CONFIG SET appendonly yes auto-aof-rewrite-min-size 1mb
