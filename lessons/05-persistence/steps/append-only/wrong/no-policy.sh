#!/usr/bin/env bash
# host: redis-1
# expect: policy: appendfsync is no; automatic rewriting is off (auto-aof-rewrite-percentage 0)
# The AOF is on, but syncing is left to the kernel, and the file grows for ever.
redis-cli CONFIG SET appendonly yes appendfsync no auto-aof-rewrite-percentage 0
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done
redis-cli CONFIG REWRITE
