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

# answers
answer delay 16
answer night one
