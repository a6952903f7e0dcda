#!/usr/bin/env bash
# host: redis-1
# Another right way: the default report and the command statistics, asked for one after the other.
report() { redis-cli INFO; redis-cli INFO commandstats; }
report > ~/info-1.txt
sleep 25
report > ~/info-2.txt
