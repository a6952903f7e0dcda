#!/usr/bin/env bash
# host: redis-1
# expect: busiest: info is not the command with the most calls
# expect: blocked: is connected_clients
answer busiest info
answer blocked "$(redis-cli INFO clients | sed -n 's/^connected_clients:\([0-9]*\).*/\1/p')"
