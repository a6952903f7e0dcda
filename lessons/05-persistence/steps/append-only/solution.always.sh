#!/usr/bin/env bash
# host: redis-1
# Another way: another folder, a password, no snapshot at the head of the file, fsync at every write, the file edited by hand.
sudo mkdir /srv/redis-data
sudo chown redis:redis /srv/redis-data
redis-cli CONFIG SET dir /srv/redis-data
redis-cli CONFIG SET aof-use-rdb-preamble no
redis-cli CONFIG SET appendfsync always
redis-cli CONFIG SET auto-aof-rewrite-percentage 50
redis-cli CONFIG SET auto-aof-rewrite-min-size 512kb
redis-cli CONFIG SET appendonly yes
until redis-cli INFO persistence | grep -q aof_rewrite_in_progress:0; do sleep 0.2; done
redis-cli CONFIG SET requirepass longsecret
sudo sed -i -e 's|^dir .*|dir /srv/redis-data|' -e 's/^appendonly .*/appendonly yes/' -e 's/^appendfsync .*/appendfsync always/' \
  -e 's/^aof-use-rdb-preamble .*/aof-use-rdb-preamble no/' -e 's/^auto-aof-rewrite-percentage .*/auto-aof-rewrite-percentage 50/' \
  -e 's/^auto-aof-rewrite-min-size .*/auto-aof-rewrite-min-size 512kb/' /etc/redis/redis.conf
echo 'requirepass longsecret' | sudo tee -a /etc/redis/redis.conf
answer copy 0
answer everysec second
