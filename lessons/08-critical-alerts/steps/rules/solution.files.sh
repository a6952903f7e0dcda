#!/usr/bin/env bash
# host: monitor
# Another right way: another limit for each server, one file for each kind of rule, thresholds as shares, offsets for lag.
set -e
on redis-1 'redis-cli CONFIG SET maxmemory 96mb && redis-cli CONFIG REWRITE'
on redis-2 'redis-cli CONFIG SET maxmemory 80mb && redis-cli CONFIG REWRITE'
on redis-3 'redis-cli CONFIG SET maxmemory 100mb && redis-cli CONFIG REWRITE'

sudo tee /etc/prometheus/memory.rules > /dev/null <<'YAML'
groups:
  - name: memory
    rules:
      - alert: NearlyFull
        expr: redis_memory_used_bytes > 0.8 * redis_config_maxmemory and redis_config_maxmemory > 0
YAML
sudo tee /etc/prometheus/load.rules > /dev/null <<'YAML'
groups:
  - name: load
    rules:
      - record: instance:redis_commands:rate1m
        expr: sum by (instance) (rate(redis_commands_total[1m]))
      - alert: TooMuchWork
        expr: instance:redis_commands:rate1m > 20000
YAML
sudo tee /etc/prometheus/replication.rules > /dev/null <<'YAML'
groups:
  - name: replication
    rules:
      - alert: TooFewReplicas
        expr: redis_connected_slaves < 2 and on (instance) redis_instance_info{role="master"}
YAML
sudo sed -i '/^scrape_configs:/i rule_files: [memory.rules, load.rules, replication.rules]\n' /etc/prometheus/prometheus.yml
sudo systemctl restart prometheus
