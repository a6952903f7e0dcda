#!/usr/bin/env bash
# host: monitor
# Prometheus is pointed at Redis itself; there is no exporter.
# expect: targets: no live series from redis-1, redis-2, redis-3
set -e
sudo apt-get install -y prometheus
sudo tee /etc/prometheus/prometheus.yml > /dev/null <<'YAML'
global:
  scrape_interval: 5s
scrape_configs:
  - job_name: redis
    static_configs:
      - targets: [redis-1:6379, redis-2:6379, redis-3:6379]
YAML
sudo systemctl restart prometheus
