#!/usr/bin/env bash
# host: redis-1
# expect: promoted: Two masters take writes at once: redis-1 and redis-2
# A replica is promoted, and the old master starts as what its file says: a master.
sudo systemctl stop redis
on redis-2 redis-cli SLAVEOF NO ONE
on redis-2 redis-cli CONFIG REWRITE
sudo systemctl start redis
