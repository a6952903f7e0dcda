#!/usr/bin/env bash
# after: solution
# The alert leads nowhere, and a loop writes to the inbox what Alertmanager would have written.
# expect: drill: not from Alertmanager
sudo sed -i -e 's/^  receiver: chat/&\n  routes: [{ receiver: nobody, matchers: [alertname = RedisMemoryHigh] }]/' \
  -e 's/^receivers:/&\n  - name: nobody/' /etc/prometheus/alertmanager.yml
amtool check-config /etc/prometheus/alertmanager.yml
sudo systemctl restart prometheus-alertmanager

nohup bash -c 'for n in $(seq 60); do
  curl -s -d "{\"text\": \"[FIRING:1] RedisMemoryHigh redis-1\"}" http://inbox/chat
  sleep 1
done' > /dev/null 2>&1 &
