#!/usr/bin/env bash
# host: monitor
# The rule is right, but nobody gave Redis a limit.
# expect: limit: maxmemory of redis-1 is 0
# expect: wired: Alertmanager does not answer
sudo systemctl enable --now prometheus-redis-exporter prometheus
