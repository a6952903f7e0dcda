#!/usr/bin/env bash
# after: solution
# The rules are written into prometheus.yml itself, as many a text says.
# expect: rule: does not take rules inside prometheus.yml
sudo sed -i '/^rule_files:/,+1d' /etc/prometheus/prometheus.yml
sudo tee -a /etc/prometheus/prometheus.yml < /etc/prometheus/rules/redis.yml > /dev/null
sudo systemctl restart prometheus || true
