#!/usr/bin/env bash
# after: solution
# A server without a limit would set this alert off for ever.
# expect: rule: RedisMemoryHigh fires when there is no limit
sudo sed -i 's/(redis_memory_max_bytes > 0)/redis_memory_max_bytes/' /etc/prometheus/rules/redis.yml
sudo systemctl restart prometheus
