#!/usr/bin/env bash
# after: solution until 5.
# expect: sentinels: redis-1: no Sentinel answers
# A good failover by hand, and nobody back on duty.
