#!/usr/bin/env bash
# host: monitor
# Nobody would hear of a replica that has lost its master.
# expect: replication: No alert fires
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
        expr: rate(redis_commands_processed_total[30s]) > 5000
        for: 10s
        labels: {severity: warning}
        annotations:
          summary: '{{ $labels.instance }} runs {{ printf "%.0f" $value }} commands per second'
YAML
promtool check rules /etc/prometheus/rules/redis.yml

sudo sed -i '/^scrape_configs:/i rule_files:\n  - /etc/prometheus/rules/*.yml\n' /etc/prometheus/prometheus.yml
promtool check config /etc/prometheus/prometheus.yml
sudo systemctl reload prometheus
