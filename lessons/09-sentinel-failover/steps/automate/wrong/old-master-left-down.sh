#!/usr/bin/env bash
# after: solution until 3.
# expect: agree: redis-1 does not answer
# The failover was seen, but nobody brought the old master back.
sleep 3
