#!/usr/bin/env bash
# host: monitor
# expect: wired: Alertmanager does not answer
sudo systemctl stop prometheus-alertmanager
