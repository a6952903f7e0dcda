# Yours to change. Prompt, completion and shell integration come from /etc/bash.bashrc.d.
case $- in *i*) ;; *) return ;; esac
HISTCONTROL=ignoreboth
HISTSIZE=5000
shopt -s histappend checkwinsize
alias ls='ls --color=auto' ll='ls -l --color=auto' grep='grep --color=auto'
export EDITOR=nano
