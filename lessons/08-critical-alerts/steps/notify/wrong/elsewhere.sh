#!/usr/bin/env bash
# after: solution
# The addresses are those of an example in some manual.
# expect: wired: No receiver of Alertmanager leads to the host inbox
sudo sed -i -e 's/inbox:25/smtp.example.org:25/' -e 's#http://inbox#https://hooks.slack.example#' /etc/prometheus/alertmanager.yml
sudo systemctl restart prometheus-alertmanager
