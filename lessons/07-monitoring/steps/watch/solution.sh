#!/usr/bin/env bash
# host: monitor
set -e
sudo apt-get install -y prometheus prometheus-redis-exporter

echo 'ARGS="-redis.addr="' | sudo tee /etc/default/prometheus-redis-exporter > /dev/null
sudo systemctl restart prometheus-redis-exporter

sudo tee /etc/prometheus/prometheus.yml > /dev/null <<'YAML'
global:
  scrape_interval: 5s
  evaluation_interval: 5s

scrape_configs:
  - job_name: redis
    metrics_path: /scrape
    static_configs:
      - targets:
          - redis://redis-1:6379
          - redis://redis-2:6379
          - redis://redis-3:6379
    relabel_configs:
      - source_labels: [__address__]
        target_label: __param_target
      - source_labels: [__param_target]
        target_label: instance
      - target_label: __address__
        replacement: localhost:9121
YAML
promtool check config /etc/prometheus/prometheus.yml
sudo systemctl restart prometheus

if apt-cache show grafana > /dev/null 2>&1; then
sudo apt-get install -y grafana
sudo mkdir -p /etc/grafana/provisioning/datasources /etc/grafana/provisioning/dashboards /var/lib/grafana/dashboards
sudo tee /etc/grafana/provisioning/datasources/prometheus.yaml > /dev/null <<'YAML'
apiVersion: 1
datasources:
  - name: Prometheus
    type: prometheus
    uid: prometheus
    url: http://localhost:9090
    access: proxy
    isDefault: true
    jsonData:
      timeInterval: 5s
YAML
sudo tee /etc/grafana/provisioning/dashboards/redis.yaml > /dev/null <<'YAML'
apiVersion: 1
providers:
  - name: redis
    type: file
    allowUiUpdates: true
    options:
      path: /var/lib/grafana/dashboards
YAML
sudo tee /var/lib/grafana/dashboards/redis.json > /dev/null <<'JSON'
{
  "uid": "redis",
  "title": "Redis",
  "schemaVersion": 41,
  "refresh": "5s",
  "time": { "from": "now-15m", "to": "now" },
  "panels": [
    {
      "id": 1,
      "type": "timeseries",
      "title": "Memory used",
      "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8},
      "datasource": {"type": "prometheus", "uid": "prometheus"},
      "fieldConfig": {"defaults": {"unit": "bytes"}, "overrides": []},
      "targets": [
        { "refId": "A", "expr": "redis_memory_used_bytes", "legendFormat": "{{instance}}" }
      ]
    },
    {
      "id": 2,
      "type": "timeseries",
      "title": "Operations per second",
      "gridPos": {"x": 12, "y": 0, "w": 12, "h": 8},
      "datasource": {"type": "prometheus", "uid": "prometheus"},
      "fieldConfig": {"defaults": {"unit": "ops"}, "overrides": []},
      "targets": [
        { "refId": "A", "expr": "rate(redis_commands_processed_total[$__rate_interval])", "legendFormat": "{{instance}}" }
      ]
    },
    {
      "id": 3,
      "type": "timeseries",
      "title": "Replication lag",
      "gridPos": {"x": 0, "y": 8, "w": 12, "h": 8},
      "datasource": {"type": "prometheus", "uid": "prometheus"},
      "fieldConfig": {"defaults": {"unit": "s"}, "overrides": []},
      "targets": [
        { "refId": "A", "expr": "redis_connected_slave_lag_seconds", "legendFormat": "{{instance}} → {{slave_ip}}" }
      ]
    },
    {
      "id": 4,
      "type": "stat",
      "title": "Link to the master",
      "gridPos": {"x": 12, "y": 8, "w": 12, "h": 8},
      "datasource": {"type": "prometheus", "uid": "prometheus"},
      "targets": [
        { "refId": "A", "expr": "redis_master_link_up", "legendFormat": "{{instance}}" }
      ]
    }
  ]
}
JSON
sudo systemctl enable grafana-server
sudo systemctl restart grafana-server
fi

# answers
answer samples 2160
answer gone up
