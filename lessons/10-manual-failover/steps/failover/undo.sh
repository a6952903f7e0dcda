#!/usr/bin/env bash
# host: redis-1
# expect: sentinels: redis-2: no Sentinel answers
on redis-2 sudo systemctl stop redis-sentinel
