#!/usr/bin/env bash
# host: monitor
# expect: prometheus: Nothing answers on monitor:9090
sudo systemctl disable --now prometheus
