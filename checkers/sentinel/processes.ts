/** How each Sentinel runs: whose process, which file, and whether the host starts it by itself. */
import { ofTrio } from '#checkers/trio/hosts.ts';
import type { OfTrio, TrioHost } from '#checkers/trio/hosts.ts';
import type { Probe } from '#checking/probe.ts';
import { SENTINEL_PORT } from './watchers.ts';

export type ProcessSeen = {
  readonly user: string;
  readonly file: string;
  readonly fileOwner: string;
  /** Whether that user may write the file, and has: a Sentinel keeps its own id in it. */
  readonly writable: boolean;
  readonly saved: boolean;
  /** Whether a service that is started with the host mentions Sentinel. */
  readonly enabled: boolean;
};

export type Processes = OfTrio<ProcessSeen | null>;

export const seeProcesses = (probe: Probe): Promise<Processes> => ofTrio((host) => seeProcess(probe, host));

/** The process is found by what answers on the port, so any name and any way of starting it will do. */
async function seeProcess(probe: Probe, host: TrioHost): Promise<ProcessSeen | null> {
  const info = await probe.info(host, SENTINEL_PORT);
  if (!info) return null;
  const file = info['config_file'] ?? '';
  const result = await probe.run(host, ['bash', '-c', look, 'look', info['process_id'] ?? '', file]);
  const [user = '', fileOwner = '', writable, saved, enabled] = result.stdout.split('\n');
  return {
    user,
    file,
    fileOwner,
    writable: writable === 'yes',
    saved: saved === 'yes',
    enabled: enabled === 'yes',
  };
}

const look = `
yes_if() { if "$@" > /dev/null 2>&1; then echo yes; else echo no; fi; }
user=$(ps -o user= -p "$1")
echo "$user"
stat -c %U "$2" 2> /dev/null || echo
yes_if setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups test -w "$2"
yes_if grep -qE '^sentinel (myid|known-)' "$2"
yes_if grep -qs sentinel /etc/rc2.d/S*
`;
