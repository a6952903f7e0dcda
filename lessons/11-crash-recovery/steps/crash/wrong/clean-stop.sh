#!/usr/bin/env bash
# after: solution until 2.
# expect: crashed: redis-1 was shut down cleanly
# A "crash" by systemctl: Redis is asked to end, and saves.
redis-cli SET crash 1
sudo systemctl stop redis
sudo systemctl start redis
