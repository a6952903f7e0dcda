#!/usr/bin/env bash
# host: redis-1
# Another way: another folder, fsync at every write, no snapshot at the head of the file, the file edited by hand, a password.
sudo systemctl stop redis
sudo mkdir /srv/redis-data
sudo mv /var/lib/redis/dump.rdb /srv/redis-data/
sudo chown -R redis:redis /srv/redis-data
sudo sed -i -e 's|^dir .*|dir /srv/redis-data|' -e 's/^appendfsync .*/appendfsync always/' \
  -e 's/^aof-use-rdb-preamble .*/aof-use-rdb-preamble no/' -e 's/^auto-aof-rewrite-percentage .*/auto-aof-rewrite-percentage 50/' \
  -e 's/^auto-aof-rewrite-min-size .*/auto-aof-rewrite-min-size 512kb/' /etc/redis/redis.conf
sudo systemctl start redis

redis-cli CONFIG SET appendonly yes
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done
sudo sed -i 's/^appendonly .*/appendonly yes/' /etc/redis/redis.conf
redis-cli CONFIG SET requirepass longsecret
echo 'requirepass longsecret' | sudo tee -a /etc/redis/redis.conf

answer copy 0
answer everysec second
