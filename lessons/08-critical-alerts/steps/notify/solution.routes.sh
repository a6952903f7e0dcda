#!/usr/bin/env bash
# host: monitor
# Another right way: routes, a webhook whose address is in a file, and only the link watched, which needs another fault.
set -e
printf http://inbox/chat | sudo tee /etc/prometheus/chat-url > /dev/null
sudo tee /etc/prometheus/alertmanager.yml > /dev/null <<'YAML'
route:
  receiver: chat
  group_wait: 1s
  group_interval: 5s
  routes:
    - matchers: [alertname =~ ".+"]
      receiver: mail
      continue: true
    - matchers: [alertname =~ ".+"]
      receiver: chat
receivers:
  - name: mail
    email_configs:
      - to: redis@example.org
        from: prometheus@monitor.example
        smarthost: inbox:25
        require_tls: false
        send_resolved: true
        headers: {subject: '{{ .Status }}: {{ .CommonLabels.alertname }}'}
  - name: chat
    webhook_configs:
      - url_file: /etc/prometheus/chat-url
YAML
sudo systemctl enable --now prometheus-alertmanager

sudo sed -i '/alert: RedisReplicaLag/,/summary:/d' /etc/prometheus/rules/redis.yml
sudo sed -i '/^scrape_configs:/i alerting:\n  alertmanagers:\n    - static_configs:\n        - targets: ["monitor:9093"]\n' /etc/prometheus/prometheus.yml
sudo systemctl restart prometheus

# Where there is a Grafana: the same in another query, and a policy instead of a contact point in the rule.
if command -v grafana-server > /dev/null; then
sudo tee /etc/grafana/provisioning/datasources/here.yaml > /dev/null <<'YAML'
apiVersion: 1
datasources: [{name: here, type: prometheus, uid: here, url: 'http://127.0.0.1:9090'}]
YAML
sudo tee /etc/grafana/provisioning/alerting/watcher.yaml > /dev/null <<'YAML'
apiVersion: 1
contactPoints:
  - name: mail
    receivers: [{uid: mail, type: email, settings: {addresses: redis@example.org}}]
policies:
  - receiver: mail
groups:
  - name: watcher
    folder: Redis
    interval: 10s
    rules:
      - uid: nothing-scraped
        title: Nothing is scraped
        condition: B
        data:
          - refId: A
            datasourceUid: here
            relativeTimeRange: {from: 60, to: 0}
            model: {refId: A, expr: count(redis_up), instant: true}
          - refId: B
            datasourceUid: __expr__
            model: {refId: B, type: math, expression: '$A < 3'}
YAML
sudo systemctl enable grafana-server
sudo systemctl restart grafana-server
fi

# answers
answer delay 16
answer night one
