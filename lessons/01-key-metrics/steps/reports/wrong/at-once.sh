#!/usr/bin/env bash
# host: redis-1
# expect: apart: s apart
redis-cli INFO everything > ~/info-1.txt
sleep 2
redis-cli INFO everything > ~/info-2.txt
