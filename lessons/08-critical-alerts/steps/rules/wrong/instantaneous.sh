#!/usr/bin/env bash
# host: monitor
# INFO's own name for the load: the exporter does not use it, and the rule neither fires nor fails.
# expect: load: RedisBusy asks for redis_instantaneous_ops_per_sec
set -e
for host in redis-1 redis-2 redis-3; do
  on $host 'redis-cli CONFIG SET maxmemory 64mb && redis-cli CONFIG REWRITE'
done

sudo mkdir -p /etc/prometheus/rules
sudo tee /etc/prometheus/rules/redis.yml > /dev/null <<'YAML'
groups:
  - name: redis
    rules:
      - alert: RedisDown
        expr: up{job="redis"} == 0 or redis_up == 0
        for: 10s
        labels: {severity: critical}
        annotations:
          summary: '{{ $labels.instance }} does not answer'
      - alert: RedisMemoryHigh
        expr: 100 * redis_memory_used_bytes / (redis_memory_max_bytes > 0) > 80
        for: 5s
        labels: {severity: warning}
        annotations:
          summary: '{{ $labels.instance }} uses {{ printf "%.0f" $value }} % of its memory limit'
      - alert: RedisBusy
        expr: redis_instantaneous_ops_per_sec > 5000
        for: 10s
        labels: {severity: warning}
        annotations:
          summary: '{{ $labels.instance }} runs {{ printf "%.0f" $value }} commands per second'
      - alert: RedisReplicaLag
        expr: redis_connected_slave_lag_seconds > 5
        for: 5s
        labels: {severity: warning}
        annotations:
          summary: 'Replica {{ $labels.slave_ip }} of {{ $labels.instance }} has been silent for {{ $value }} s'
      - alert: RedisLinkDown
        expr: redis_master_link_up == 0
        for: 5s
        labels: {severity: critical}
        annotations:
          summary: '{{ $labels.instance }} has lost its master {{ $labels.master_host }}'
YAML
promtool check rules /etc/prometheus/rules/redis.yml

sudo sed -i '/^scrape_configs:/i rule_files:\n  - /etc/prometheus/rules/*.yml\n' /etc/prometheus/prometheus.yml
promtool check config /etc/prometheus/prometheus.yml
sudo systemctl reload prometheus
