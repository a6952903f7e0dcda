#!/usr/bin/env bash
# host: monitor
# expect: wired: Prometheus does not send to it
sudo sed -i '/^alerting:/,/9093/d' /etc/prometheus/prometheus.yml
sudo systemctl restart prometheus
