#!/usr/bin/env bash
# host: redis-1
# On the running server: it writes the first append-only file from what it holds in memory.
redis-cli CONFIG SET appendonly yes
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done

# The policy, and then everything into the file.
redis-cli CONFIG SET appendfsync everysec auto-aof-rewrite-percentage 100 auto-aof-rewrite-min-size 1mb
redis-cli CONFIG REWRITE

# answers
answer copy 0
answer everysec second
