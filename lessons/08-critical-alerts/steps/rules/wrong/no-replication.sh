#!/usr/bin/env bash
# after: solution
# Nobody would hear of a replica that has lost its master.
# expect: replication: No alert fires
sudo sed -i '/alert: RedisReplicaLag/,$d' /etc/prometheus/rules/redis.yml
sudo systemctl reload prometheus
