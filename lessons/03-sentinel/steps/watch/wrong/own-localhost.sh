#!/usr/bin/env bash
# host: redis-1
# expect: quorum: redis-2: its Sentinel watches 127.0.0.1, which is another server on every host
# The file as the package ships it: every Sentinel watches the server on its own host.
for host in redis-1 redis-2 redis-3; do on $host sudo systemctl enable --now redis-sentinel; done
