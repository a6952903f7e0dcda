#!/usr/bin/env bash
# after: solution
# Only the chat is told.
# expect: channels: No route leads to an e-mail receiver
sudo sed -i '/email_configs:/,/send_resolved:/d' /etc/prometheus/alertmanager.yml
sudo systemctl restart prometheus-alertmanager
