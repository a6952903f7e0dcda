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

# answers
answer samples 1080
answer gone up
