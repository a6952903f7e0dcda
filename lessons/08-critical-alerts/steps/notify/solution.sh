#!/usr/bin/env bash
# host: monitor
set -e
sudo tee /etc/prometheus/alertmanager.yml > /dev/null <<'YAML'
global:
  smtp_smarthost: inbox:25
  smtp_from: alertmanager@monitor.example
  smtp_require_tls: false

route:
  receiver: oncall
  group_by: [alertname]
  group_wait: 2s
  group_interval: 5s
  repeat_interval: 1h

receivers:
  - name: oncall
    email_configs:
      - to: oncall@example.org
        send_resolved: true
    slack_configs:
      - api_url: http://inbox/services/redis
        channel: '#redis'
        send_resolved: true
        title: '[{{ .Status | toUpper }}] {{ .CommonLabels.alertname }}'
        text: '{{ range .Alerts }}{{ .Annotations.summary }} {{ end }}'
YAML
amtool check-config /etc/prometheus/alertmanager.yml
sudo systemctl enable prometheus-alertmanager
sudo systemctl restart prometheus-alertmanager

sudo sed -i '/^scrape_configs:/i alerting:\n  alertmanagers:\n    - static_configs:\n        - targets: [localhost:9093]\n' /etc/prometheus/prometheus.yml
promtool check config /etc/prometheus/prometheus.yml
sudo systemctl reload prometheus

# answers
answer delay 17
answer night one
