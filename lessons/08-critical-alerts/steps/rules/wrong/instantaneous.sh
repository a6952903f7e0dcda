#!/usr/bin/env bash
# after: solution
# INFO's own name for the load: the exporter does not use it, and the rule neither fires nor fails.
# expect: load: RedisBusy asks for redis_instantaneous_ops_per_sec
sudo sed -i 's/rate(redis_commands_processed_total.*)/redis_instantaneous_ops_per_sec/' /etc/prometheus/rules/redis.yml
sudo systemctl reload prometheus
