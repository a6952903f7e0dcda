/** Which ports a host listens on, told when it changes: one command waits inside the host, so nothing is polled from outside. */
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
/** Milliseconds that one command waits for a change; then it begins anew. */
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
      const result = await lab.run(host, [...waiter, known], { input: waitForChange, timeout: PATIENCE, signal });
      if (signal.aborted) return;
      if (result.code === 0) {
        known = result.stdout.trim();
        onServices(servicesOf(known));
      } else if (!result.timedOut) await pause(RETRY, undefined, { signal });
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
const waiter = ['bash', '-c', 'exec -a clinic-witness bash -s -- "$1"', 'clinic-witness'];

/**
 * Ends when the listening ports differ from those it was given. Nothing but the shell's own commands, so no process is
 * started. A table of connections is dear to read (the kernel walks through those of the whole machine), so it is read
 * in one go, only when the number of sockets has changed, which is looked at every second, and once a minute in any
 * case. 0A is the kernel's word for listening.
 */
const waitForChange = `
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
for ((turn = 0; ; turn++)); do
  sockets
  if [[ $used != "$before" ]] || ((turn % 60 == 0)); then
    before=$used
    listening
    [[ $ports == "$1" ]] || break
  fi
  read -rt 1 -u $idle
done
echo "$ports"
`;
