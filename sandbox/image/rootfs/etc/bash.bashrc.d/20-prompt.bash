# shellcheck shell=bash
# The prompt names the host and, where a Redis server answers, its role. The marks of OSC 133 tell the page where a
# prompt starts (A), where the command line starts (B), when a command runs (C) and how it ended (D;status).
_lab_role() {
  [ -x /usr/bin/redis-cli ] || return 0
  local role
  role=$(timeout 0.3 redis-cli -t 1 --no-auth-warning role 2>/dev/null | head -n 1)
  case $role in master | slave) printf ' %s' "${role/slave/replica}" ;; esac
}

_lab_prompt() {
  local status=$?
  printf '\033]133;D;%s\007' "$status"
  local color='\[\033[1;32m\]'
  [ "$EUID" = 0 ] && color='\[\033[1;31m\]'
  PS1="\[\033]133;A\007\]$color\u@\h\[\033[0m\]\[\033[36m\]$(_lab_role)\[\033[0m\]:\w\\$ \[\033]133;B\007\]"
}
PS0='\033]133;C\007'
PROMPT_COMMAND=_lab_prompt
