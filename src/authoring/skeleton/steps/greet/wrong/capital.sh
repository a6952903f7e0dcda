#!/usr/bin/env bash
# host: redis-1
# expect: greeting: greeting is "Hello"
# Redis keeps capitals: this is another word.
redis-cli SET greeting Hello
