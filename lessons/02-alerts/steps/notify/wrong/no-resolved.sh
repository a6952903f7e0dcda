#!/usr/bin/env bash
# after: solution
# Mail says nothing when an alert is over, unless it is told to.
# expect: wired: The email receiver says nothing when an alert is over
sudo sed -i '/webhook_configs:/,$d' /etc/prometheus/alertmanager.yml
sudo tee -a /etc/prometheus/alertmanager.yml > /dev/null <<'YAML'
    email_configs:
      - to: oncall@example.org
        from: alertmanager@monitor.example
        smarthost: inbox:25
        require_tls: false
YAML
sudo systemctl restart prometheus-alertmanager
