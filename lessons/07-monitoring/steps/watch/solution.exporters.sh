#!/usr/bin/env bash
# host: monitor
# Another right way: a password on every Redis, an exporter beside each of them, and another interval.
set -e
for host in redis-1 redis-2 redis-3; do
  on $host <<'X'
  set -e
  redis-cli CONFIG SET masterauth quiet
  redis-cli CONFIG SET requirepass quiet
  redis-cli --no-auth-warning -a quiet CONFIG REWRITE
  echo 'ARGS="-redis.password=quiet"' | sudo tee /etc/default/prometheus-redis-exporter > /dev/null
  sudo systemctl enable prometheus-redis-exporter
  sudo systemctl restart prometheus-redis-exporter
X
done

sudo apt-get install -y prometheus
sudo tee /etc/prometheus/prometheus.yml > /dev/null <<'YAML'
global:
  scrape_interval: 10s
scrape_configs:
  - job_name: caches
    static_configs:
      - targets: [redis-1:9121]
        labels: {server: one}
      - targets: [redis-2:9121]
        labels: {server: two}
      - targets: [redis-3:9121]
        labels: {server: three}
YAML
sudo systemctl restart prometheus

# Where there is a Grafana: by its API, the data source as the default one, which the panels do not name.
if apt-cache show grafana > /dev/null 2>&1; then
sudo apt-get install -y grafana
sudo systemctl enable --now grafana-server
grafana() { curl -fsS -H 'content-type: application/json' "localhost:3000$1" -d @-; }
grafana /api/datasources <<'JSON'
{ "name": "metrics", "type": "prometheus", "url": "http://127.0.0.1:9090", "access": "proxy", "isDefault": true }
JSON
grafana /api/dashboards/db <<'JSON'
{ "dashboard": { "title": "Health", "panels": [
  { "id": 1, "type": "gauge", "title": "Memory", "gridPos": { "x": 0, "y": 0, "w": 8, "h": 8 },
    "targets": [{ "refId": "A", "expr": "redis_memory_used_bytes / redis_memory_used_peak_bytes" }] },
  { "id": 2, "type": "timeseries", "title": "Load", "gridPos": { "x": 8, "y": 0, "w": 8, "h": 8 },
    "targets": [{ "refId": "A", "expr": "sum by (instance) (rate(redis_commands_total[1m]))" }] },
  { "id": 3, "type": "stat", "title": "Replicas", "gridPos": { "x": 16, "y": 0, "w": 8, "h": 8 },
    "targets": [{ "refId": "A", "expr": "redis_connected_slaves" }] }
] } }
JSON
fi

# answers
answer samples 1080
answer gone up
