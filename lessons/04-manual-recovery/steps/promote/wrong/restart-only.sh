#!/usr/bin/env bash
# host: redis-1
# expect: promoted: redis-1 is still (or again) the master
# The master is stopped and simply started again.
sudo systemctl stop redis
sudo systemctl start redis
