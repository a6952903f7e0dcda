#!/usr/bin/env bash
# host: redis-3
# expect: on: redis-3: the AOF is off
redis-cli CONFIG SET appendonly no
redis-cli CONFIG REWRITE
