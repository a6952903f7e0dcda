#!/usr/bin/env bash
# host: monitor
set -e
on redis-1 redis-cli CONFIG SET maxmemory 64mb
on redis-1 redis-cli CONFIG REWRITE

sudo tee /etc/prometheus/prometheus.yml > /dev/null <<'YAML'
global:
  scrape_interval: 5s
  evaluation_interval: 5s

rule_files:
  - /etc/prometheus/rules/*.yml

alerting:
  alertmanagers:
    - static_configs:
        - targets: [localhost:9093]

scrape_configs:
  - job_name: redis
    metrics_path: /scrape
    static_configs:
      - targets: [redis://redis-1:6379]
    relabel_configs:
      - source_labels: [__address__]
        target_label: __param_target
      - source_labels: [__param_target]
        target_label: instance
      - target_label: __address__
        replacement: localhost:9121
YAML

sudo mkdir -p /etc/prometheus/rules
sudo tee /etc/prometheus/rules/redis.yml > /dev/null <<'YAML'
groups:
  - name: redis
    rules:
      - alert: RedisMemoryHigh
        expr: 100 * redis_memory_used_bytes / (redis_memory_max_bytes > 0) > 80
        for: 5s
        labels:
          severity: warning
        annotations:
          summary: '{{ $labels.instance }} uses {{ printf "%.0f" $value }} % of its memory limit'
YAML

sudo tee /etc/prometheus/alertmanager.yml > /dev/null <<'YAML'
route:
  receiver: chat
  group_by: [alertname, instance]
  group_wait: 2s
  group_interval: 5s
  repeat_interval: 1h
receivers:
  - name: chat
    webhook_configs:
      - url: http://inbox/chat
        send_resolved: true
YAML

promtool check config /etc/prometheus/prometheus.yml
amtool check-config /etc/prometheus/alertmanager.yml
sudo systemctl enable prometheus-redis-exporter prometheus-alertmanager prometheus
sudo systemctl restart prometheus-redis-exporter prometheus-alertmanager prometheus

if command -v grafana-server > /dev/null; then
sudo mkdir -p /etc/grafana/provisioning/datasources /etc/grafana/provisioning/alerting
sudo tee /etc/grafana/provisioning/datasources/prometheus.yaml > /dev/null <<'YAML'
apiVersion: 1
datasources:
  - name: Prometheus
    type: prometheus
    uid: prometheus
    url: http://localhost:9090
    isDefault: true
YAML
sudo tee /etc/grafana/provisioning/alerting/redis.yaml > /dev/null <<'YAML'
apiVersion: 1
contactPoints:
  - name: chat
    receivers:
      - uid: chat
        type: webhook
        settings: {url: http://inbox/chat}
groups:
  - name: redis
    folder: Redis
    interval: 10s
    rules:
      - uid: redis-memory
        title: Memory over 80 %
        condition: C
        data:
          - refId: A
            datasourceUid: prometheus
            relativeTimeRange: {from: 60, to: 0}
            model:
              refId: A
              expr: 100 * redis_memory_used_bytes / (redis_memory_max_bytes > 0)
              instant: true
          - refId: C
            datasourceUid: __expr__
            model:
              refId: C
              type: threshold
              expression: A
              conditions:
                - evaluator: {type: gt, params: [80]}
        for: 10s
        noDataState: OK
        execErrState: Error
        labels: {severity: warning}
        annotations: {summary: 'Redis uses more than 80 % of its memory limit'}
        notification_settings: {receiver: chat}
YAML
sudo systemctl enable grafana-server
sudo systemctl restart grafana-server
fi

# answers
answer delay 17
answer zero inf
