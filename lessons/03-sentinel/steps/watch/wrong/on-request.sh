#!/usr/bin/env bash
# after: solution until 3.
# expect: happened: a failover on request (SENTINEL FAILOVER) is not a failure
# The Sentinels are right, but nothing has failed: they were told to change the master.
redis-cli -p 26379 SENTINEL FAILOVER mymaster
until redis-cli INFO replication | grep -q 'master_link_status:up'; do sleep 0.5; done
sleep 2
