#!/usr/bin/env bash
# host: redis-1
# expect: slowest: each call is cheap
# expect: memory: compares with the highest use so far
# expect: operations: is the counter itself
# expect: hits: is the share that missed
# expect: growth: used_memory did grow
field() { sed -n "s/^$1:\([0-9.]*\).*/\1/p" ~/info-2.txt; }
busiest=$(sed -n 's/^cmdstat_\([a-z]*\):calls=\([0-9]*\).*/\2 \1/p' ~/info-2.txt | sort -rn | head -n 1 | cut -d' ' -f2)
answer busiest "$busiest"
answer slowest "$busiest"
answer memory "$(field used_memory_peak_perc)"
answer operations "$(field total_commands_processed)"
hits=$(field keyspace_hits) misses=$(field keyspace_misses)
answer hits "$((100 * misses / (hits + misses)))"
answer growth 0
