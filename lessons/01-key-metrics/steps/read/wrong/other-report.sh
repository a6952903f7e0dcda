#!/usr/bin/env bash
# host: redis-1
# expect: reports: info-1.txt is not from the Redis that runs here now
# Numbers of another Redis: one started by the learner beside the real one.
redis-server --port 7000 --daemonize yes --dir /tmp --save '' > /dev/null
sleep 1
redis-cli -p 7000 PING
redis-cli -p 7000 INFO everything > ~/info-1.txt
redis-cli -p 7000 INFO everything > ~/info-2.txt
answer blocked 0
