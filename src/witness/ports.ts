/** Which ports a host listens on, told when it changes: one command looks inside the host, so nothing is polled from outside. */
import { setTimeout as pause } from 'node:timers/promises';
import { EngineUnreachable, HostDown } from '#sandbox/driver.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';

/** Ports worth knowing, and what listens there by default. */
export const servicePorts = {
  6379: 'redis',
  26379: 'sentinel',
  9090: 'prometheus',
  9121: 'exporter',
  9093: 'alertmanager',
  3000: 'grafana',
} as const satisfies Record<number, string>;

export type ServiceName = (typeof servicePorts)[keyof typeof servicePorts];

/** Milliseconds before a command that ended early (killed, no engine) is tried again. */
const RETRY = 1_000;
/** Milliseconds that one command looks; then it begins anew. It bounds how long one outlives a server that was killed. */
const PATIENCE = 5 * 60_000;

/** Tells the services that listen, at once and at each change, until the host is down or the signal aborts. */
export async function watchPorts(
  lab: Lab,
  host: HostName,
  onServices: (services: readonly ServiceName[]) => void,
  signal: AbortSignal,
): Promise<void> {
  let known = '?';
  while (!signal.aborted) {
    try {
      const onLine = (ports: string) => {
        known = ports;
        if (!signal.aborted) onServices(servicesOf(ports));
      };
      const { timedOut } = await lab.run(host, [...looker, known], {
        input: tellChanges,
        timeout: PATIENCE,
        signal,
        onLine,
      });
      if (!timedOut) await pause(RETRY, undefined, { signal });
    } catch (error) {
      if (signal.aborted || error instanceof HostDown) return;
      if (!(error instanceof EngineUnreachable)) throw error;
      await pause(RETRY, undefined, { signal }).catch(() => undefined);
    }
  }
}

function servicesOf(ports: string): ServiceName[] {
  const listening = new Set(ports.split(' '));
  return Object.entries(servicePorts)
    .filter(([port]) => listening.has(port))
    .map(([, service]) => service);
}

/** The learner sees this name in `ps`. */
const looker = ['bash', '-c', 'exec -a clinic-witness bash -s -- "$1"', 'clinic-witness'];

/**
 * Prints the listening ports when they differ from those it was given, and at each change. Nothing but the shell's own commands, so no process is
 * started. A table of connections is dear to read (the kernel walks through those of the whole machine), so it is read
 * in one go, only when the number of sockets has changed, which is looked at every second, and once a minute in any
 * case. 0A is the kernel's word for listening.
 */
const tellChanges = `
sockets() {
  local table name count
  used=
  for table in sockstat sockstat6; do
    while read -r name _ count _; do
      [[ $name == TCP*: ]] && used+="$count "
    done < /proc/net/$table
  done
}
listening() {
  local -A found=()
  local tables=(tcp) table lines line address state port
  [[ $used == *" 0 " ]] || tables+=(tcp6)
  for table in "\${tables[@]}"; do
    mapfile -t lines < /proc/net/$table
    for line in "\${lines[@]}"; do
      read -r _ address _ state _ <<< "$line"
      [[ $state == 0A ]] && found[$((16#\${address##*:}))]=yes
    done
  done
  ports=
  for port in ${Object.keys(servicePorts).join(' ')}; do
    [[ \${found[$port]} ]] && ports+=\${ports:+ }$port
  done
}
exec 2> /dev/null {idle}<> <(:)
known=$1
for ((turn = 0; ; turn++)); do
  sockets
  if [[ $used != "$before" ]] || ((turn % 60 == 0)); then
    before=$used
    listening
    if [[ $ports != "$known" ]]; then
      echo "$ports" || exit
      known=$ports
    fi
  fi
  read -rt 1 -u $idle
done
`;
