#!/usr/bin/env bash
# after: solution until 5.
# expect: sentinels: redis-3: its Sentinel still watches redis-1
# The Sentinel of redis-3 starts again with its old file.
for host in redis-1 redis-2; do
  on "$host" "sudo sed -i -e 's/^sentinel monitor .*/sentinel monitor mymaster $new 6379 2/' -e '/^sentinel known-replica/d' /etc/redis/sentinel.conf; sudo systemctl start redis-sentinel"
done
on redis-3 sudo systemctl start redis-sentinel
