#!/usr/bin/env bash
# host: redis-1
# expect: full: /home/learner/info-2.txt does not exist
rm ~/info-2.txt
