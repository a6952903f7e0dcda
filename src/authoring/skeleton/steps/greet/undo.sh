#!/usr/bin/env bash
# host: redis-1
# expect: greeting: there is no key "greeting"
redis-cli DEL greeting
