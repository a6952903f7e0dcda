# shellcheck shell=bash
[ -n "${BASH_COMPLETION_VERSINFO-}" ] || . /usr/share/bash-completion/bash_completion

_lab_units() {
  local verbs='start stop restart reload status kill enable disable mask unmask is-active is-enabled show cat list-units'
  local units='redis-server redis-sentinel prometheus prometheus-redis-exporter prometheus-alertmanager'
  if [ "$1" = systemctl ] && [ "$COMP_CWORD" = 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$2")
  else
    mapfile -t COMPREPLY < <(compgen -W "$units" -- "$2")
  fi
}
complete -F _lab_units systemctl journalctl
