#!/usr/bin/env bash
# host: redis-1
# answers
field() { sed -n "s/^$2:\([0-9.]*\).*/\1/p" ~/info-$1.txt; }
calculate() { awk "BEGIN { printf \"%.1f\", $1 }"; }
statistics() { # the application's commands by one number of theirs, highest first
  sed -n "s/^cmdstat_\([a-z]*\):.*\b$1=\([0-9.]*\).*/\2 \1/p" ~/info-2.txt | grep -vE ' (info|config|client|ping|exists|dbsize)$' | sort -rn
}
seconds=$(calculate "($(field 2 server_time_usec) - $(field 1 server_time_usec)) / 1000000")
answer busiest "$(statistics calls | head -n 1 | cut -d' ' -f2)"
answer slowest "$(statistics usec_per_call | head -n 1 | cut -d' ' -f2)"
answer blocked "$(field 2 blocked_clients)"
answer memory "$(calculate "100 * $(field 2 used_memory) / $(field 2 maxmemory)")"
answer operations "$(calculate "($(field 2 total_commands_processed) - $(field 1 total_commands_processed)) / $seconds")"
answer hits "$(calculate "100 * $(field 2 keyspace_hits) / ($(field 2 keyspace_hits) + $(field 2 keyspace_misses))")"
answer growth "$(calculate "($(field 2 used_memory) - $(field 1 used_memory)) / 1024 / $seconds")"
