#!/usr/bin/env bash
# host: redis-1
# expect: on: redis-1: the AOF is off
redis-cli CONFIG SET appendonly no
redis-cli CONFIG REWRITE
