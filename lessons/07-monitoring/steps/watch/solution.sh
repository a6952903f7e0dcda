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

# answers
answer samples 2160
answer gone up
