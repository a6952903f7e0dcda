#!/usr/bin/env bash
# host: redis-1
redis-cli SET greeting hello
answer keys "$(redis-cli DBSIZE)"
