#!/usr/bin/env bash
# after: solution
# redis-3 asks for a password that nobody told the exporter.
# expect: targets: no live series from redis-3
on redis-3 redis-cli CONFIG SET requirepass quiet
sleep 8
