#!/usr/bin/env bash
# host: redis-1
# expect: full: info-1.txt has no command statistics: plain INFO leaves them out
redis-cli INFO > ~/info-1.txt
sleep 1
redis-cli INFO > ~/info-2.txt
