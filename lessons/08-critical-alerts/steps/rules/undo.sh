#!/usr/bin/env bash
# host: monitor
# expect: memory: loaded no alert rules
sudo rm /etc/prometheus/rules/redis.yml
sudo systemctl reload prometheus
