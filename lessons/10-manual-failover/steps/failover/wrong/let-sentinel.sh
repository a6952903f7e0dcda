#!/usr/bin/env bash
# host: redis-1
# expect: by-hand: Sentinel stepped in
# The master is stopped, and Sentinel does the work.
sudo systemctl stop redis
master() { redis-cli -p 26379 SENTINEL get-master-addr-by-name mymaster | head -1; }
old=$(master)
until [ "$(master)" != "$old" ]; do sleep 0.5; done
sudo systemctl start redis
