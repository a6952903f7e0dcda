#!/usr/bin/env bash
# after: solution until 2.
# expect: power-cut: took over, and no message in the inbox tells of it
# The failover is real, but the script says nothing: the message about it was sent by hand.
for host in redis-1 redis-2 redis-3; do on $host "printf '#!/bin/sh\nexit 0\n' | sudo tee /etc/redis/notify.sh"; done
until redis-cli -p 26379 INFO sentinel | grep -q "slaves=2,sentinels=3"; do sleep 0.5; done
master() { redis-cli -p 26379 SENTINEL GET-MASTER-ADDR-BY-NAME mymaster | head -1; }
old=$(master)
sudo systemctl stop redis
until [ "$(master)" != "$old" ]; do sleep 0.5; done
curl -s -d '+switch-master mymaster redis-1 6379 redis-2 6379' http://inbox/sentinel
sudo systemctl start redis
until redis-cli INFO replication | grep -q "master_link_status:up"; do sleep 0.5; done
answer order +switch-master
answer epoch 1
