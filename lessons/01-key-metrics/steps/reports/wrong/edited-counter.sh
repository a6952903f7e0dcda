#!/usr/bin/env bash
# host: redis-1
# expect: genuine: info-2.txt does not add up
# A rate that somebody wished for: the counter of the second report was raised by hand.
redis-cli INFO everything > ~/info-1.txt
sleep 22
redis-cli INFO everything > ~/info-2.txt
sleep 12
count=$(sed -n 's/^total_commands_processed:\([0-9]*\).*/\1/p' ~/info-2.txt)
sed -i "s/^total_commands_processed:.*/total_commands_processed:$((count + 1200))/" ~/info-2.txt
