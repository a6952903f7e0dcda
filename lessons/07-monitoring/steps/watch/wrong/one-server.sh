#!/usr/bin/env bash
# host: monitor
# Without relabelling the exporter's own page is scraped: one server, whatever the list says.
# expect: targets: no live series from redis-2, redis-3
set -e
sudo apt-get install -y prometheus prometheus-redis-exporter
echo 'ARGS="-redis.addr=redis://redis-1:6379"' | sudo tee /etc/default/prometheus-redis-exporter > /dev/null
sudo systemctl restart prometheus-redis-exporter
sudo tee /etc/prometheus/prometheus.yml > /dev/null <<'YAML'
global:
  scrape_interval: 5s
scrape_configs:
  - job_name: redis
    static_configs:
      - targets: [localhost:9121]
YAML
sudo systemctl restart prometheus
