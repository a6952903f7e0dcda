# shellcheck shell=bash
# What the lab's systemctl and journalctl know of the services: their names, process ids, log files and state.

unit_name() { # the service's own name, from any name people use for it
  local unit=${1%.service}
  case $unit in
    redis) echo redis-server ;;
    sentinel) echo redis-sentinel ;;
    alertmanager) echo prometheus-alertmanager ;;
    redis_exporter | redis-exporter | prometheus-redis_exporter) echo prometheus-redis-exporter ;;
    grafana) echo grafana-server ;;
    *) echo "$unit" ;;
  esac
}

unit_all() { # every service installed on this host, in the order of their start
  local unit
  for unit in redis-server redis-sentinel prometheus-redis-exporter prometheus-alertmanager prometheus grafana-server; do
    [ ! -x "/etc/init.d/$unit" ] || echo "$unit"
  done
}

unit_pidfile() {
  case $1 in
    redis-server) echo /run/redis/redis-server.pid ;;
    redis-sentinel) echo /run/sentinel/redis-sentinel.pid ;;
    prometheus*) echo "/run/prometheus/$1.pid" ;;
    *) echo "/run/$1.pid" ;;
  esac
}

unit_log() {
  case $1 in
    redis-*) echo "/var/log/redis/$1.log" ;;
    prometheus*) echo "/var/log/prometheus/$1.log" ;;
    grafana-server) echo /var/log/grafana/grafana.log ;;
    *) echo "/var/log/$1.log" ;;
  esac
}

unit_pid() { # the main process when it lives; a number that another process has taken over does not count
  local pid state
  pid=$(cat "$(unit_pidfile "$1")" 2>/dev/null) && [ -n "$pid" ] || return 1
  state=$(sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$pid/status" 2>/dev/null)
  [[ $state && $state != [ZX] ]] || return 1
  tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q -- "${1%-server}" || return 1
  echo "$pid"
}

unit_state() { # active, inactive (stopped or never started), failed (ended by itself: its pid file was left behind)
  if unit_pid "$1" >/dev/null; then echo active
  elif [ -s "$(unit_pidfile "$1")" ]; then echo failed
  else echo inactive; fi
}

unit_enabled() { compgen -G "/etc/rc2.d/S??$1" >/dev/null; }
unit_masked() { [ -e "/etc/lab/masked/$1" ]; }
