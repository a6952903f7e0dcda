#!/usr/bin/env bash
# host: redis-1
redis-cli INFO everything > ~/info-1.txt
sleep 22
redis-cli INFO everything > ~/info-2.txt
