#!/usr/bin/env bash
# host: redis-1
redis-cli SET greeting hello
# answers
answer keys "$(redis-cli DBSIZE)"
