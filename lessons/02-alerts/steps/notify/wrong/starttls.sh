#!/usr/bin/env bash
# after: solution
# The inbox has no encryption; Alertmanager insists on it.
# expect: drill: but no notification arrived
sudo sed -i '/webhook_configs:/,$d' /etc/prometheus/alertmanager.yml
sudo tee -a /etc/prometheus/alertmanager.yml > /dev/null <<'YAML'
    email_configs:
      - to: oncall@example.org
        from: alertmanager@monitor.example
        smarthost: inbox:25
        send_resolved: true
YAML
sudo systemctl restart prometheus-alertmanager
