#!/usr/bin/env bash
# after: solution
# Mail insists on encryption, which this inbox does not offer; the chat works.
# expect: memory-drill: but no e-mail arrived
sudo sed -i '/smtp_require_tls/d' /etc/prometheus/alertmanager.yml
sudo systemctl restart prometheus-alertmanager
