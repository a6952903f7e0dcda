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
sudo tee /etc/grafana/provisioning/alerting/silence.yaml > /dev/null <<'YAML'
apiVersion: 1
contactPoints:
  - name: chat
    receivers:
      - uid: chat
        type: webhook
        settings: {url: http://inbox/chat}
groups:
  - name: watcher
    folder: Redis
    interval: 10s
    rules:
      - uid: prometheus-silent
        title: Prometheus is silent
        condition: C
        data:
          - refId: A
            datasourceUid: prometheus
            relativeTimeRange: {from: 60, to: 0}
            model: {refId: A, expr: 'max(up{job="redis"})', instant: true}
          - refId: C
            datasourceUid: __expr__
            model:
              refId: C
              type: threshold
              expression: A
              conditions:
                - evaluator: {type: lt, params: [1]}
        for: 20s
        noDataState: Alerting
        execErrState: Alerting
        labels: {severity: critical}
        annotations: {summary: 'Prometheus does not answer, or scrapes no Redis any more'}
        notification_settings: {receiver: chat}
YAML
sudo systemctl enable grafana-server
sudo systemctl restart grafana-server
fi

# answers
answer delay 17
answer night one
