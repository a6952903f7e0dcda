#!/usr/bin/env bash
# after: solution
# All three servers have a limit, and the rule looks at the master only.
# expect: memory: RedisMemoryHigh: silent when only redis-2 or redis-3 is at 90 % of its limit
sudo sed -i 's/redis_memory_used_bytes/redis_memory_used_bytes{instance="redis:\/\/redis-1:6379"}/' /etc/prometheus/rules/redis.yml
sudo systemctl reload prometheus
