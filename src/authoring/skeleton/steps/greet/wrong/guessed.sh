#!/usr/bin/env bash
# host: redis-1
# expect: keys: 7 is not what DBSIZE says
redis-cli SET greeting hello
answer keys 7
