#!/usr/bin/env bash
# host: redis-1
# expect: genuine: has an uptime that does not fit its server_time_usec
# One report, taken twice in a second, with the clock of the first one put back by hand.
redis-cli INFO everything > ~/info-1.txt
sleep 12
redis-cli INFO everything > ~/info-2.txt
clock=$(sed -n 's/^server_time_usec:\([0-9]*\).*/\1/p' ~/info-2.txt)
sed -i "s/^server_time_usec:.*/server_time_usec:$((clock - 1000000))/" ~/info-2.txt
clock=$(sed -n 's/^server_time_usec:\([0-9]*\).*/\1/p' ~/info-1.txt)
sed -i "s/^server_time_usec:.*/server_time_usec:$((clock + 8000000))/" ~/info-1.txt
