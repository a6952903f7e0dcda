#!/usr/bin/env bash
# host: monitor
# Another right way: mail, addresses instead of names, own names for the labels, an absolute threshold by a recording rule.
set -e
on redis-1 sudo sh -c 'echo "maxmemory 100mb" >> /etc/redis/redis.conf; systemctl restart redis-server'

sudo tee /etc/default/prometheus-redis-exporter > /dev/null <<'ENV'
ARGS="-redis.addr=redis://redis-1:6379 -web.listen-address=:9121"
ENV
sudo tee /etc/prometheus/prometheus.yml > /dev/null <<'YAML'
global:
  scrape_interval: 3s
  evaluation_interval: 3s
rule_files:
  - /etc/prometheus/recording.yml
  - /etc/prometheus/alerting.yml
alerting:
  alertmanagers:
    - static_configs:
        - targets: ['127.0.0.1:9093']
scrape_configs:
  - job_name: cache
    static_configs:
      - targets: ['127.0.0.1:9121']
        labels:
          server: first
YAML
sudo tee /etc/prometheus/recording.yml > /dev/null <<'YAML'
groups:
  - name: shares
    rules:
      - record: redis:memory_used:share
        expr: redis_memory_used_bytes / (redis_config_maxmemory > 0)
YAML
sudo tee /etc/prometheus/alerting.yml > /dev/null <<'YAML'
groups:
  - name: alerts
    rules:
      - alert: CacheNearlyFull
        expr: redis:memory_used:share{server="first"} > 0.8
YAML
sudo tee /etc/prometheus/alertmanager.yml > /dev/null <<'YAML'
global:
  smtp_smarthost: inbox:25
  smtp_from: alertmanager@monitor.example
  smtp_require_tls: false
route:
  receiver: nobody
  routes:
    - matchers: [alertname =~ "Cache.*"]
      receiver: oncall
      group_wait: 1s
      group_interval: 5s
receivers:
  - name: nobody
  - name: oncall
    email_configs:
      - to: oncall@example.org
        send_resolved: true
YAML
sudo systemctl enable prometheus-redis-exporter prometheus-alertmanager prometheus
sudo systemctl restart prometheus-redis-exporter prometheus-alertmanager prometheus

# Where there is a Grafana: a share of one, and mail by the default policy.
if command -v grafana-server > /dev/null; then
sudo tee /etc/grafana/provisioning/datasources/here.yaml > /dev/null <<'YAML'
apiVersion: 1
datasources: [{name: here, type: prometheus, uid: here, url: 'http://127.0.0.1:9090'}]
YAML
sudo tee /etc/grafana/provisioning/alerting/cache.yaml > /dev/null <<'YAML'
apiVersion: 1
contactPoints:
  - name: oncall
    receivers: [{uid: oncall, type: email, settings: {addresses: oncall@example.org}}]
policies:
  - receiver: oncall
groups:
  - name: cache
    folder: Cache
    interval: 10s
    rules:
      - uid: cache-full
        title: Cache nearly full
        condition: B
        data:
          - refId: A
            datasourceUid: here
            relativeTimeRange: {from: 60, to: 0}
            model: {refId: A, expr: redis_memory_used_bytes / (redis_config_maxmemory > 0), instant: true}
          - refId: B
            datasourceUid: __expr__
            model: {refId: B, type: math, expression: '$A > 0.8'}
        noDataState: OK
        execErrState: Error
YAML
sudo systemctl enable grafana-server
sudo systemctl restart grafana-server
fi

# answers
answer delay 7
answer zero inf
