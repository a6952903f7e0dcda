#!/usr/bin/env bash
# after: solution
# All was well; then somebody edited the file and reloaded.
# expect: prometheus: the last reload of its configuration failed
sudo sed -i 's/^  - job_name: redis/   - job_name: redis\n  - job_name: other/' /etc/prometheus/prometheus.yml
sudo systemctl reload prometheus
sleep 1
