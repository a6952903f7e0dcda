/** Whether Redis runs as a service on a host, and which processes run there. */
import type { Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';

export type ServiceSeen = {
  readonly installed: boolean;
  /** Process id of the service redis-server; null when it does not run. */
  readonly pid: number | null;
  readonly enabled: boolean;
  /** Every redis-server on the host, however it was started. */
  readonly processes: readonly { readonly user: string; readonly pid: number; readonly command: string }[];
};

/** Shell commands whose output `serviceIn` reads. */
export const lookAtService = `
command -v redis-server > /dev/null && echo installed || echo missing
systemctl show redis-server 2> /dev/null | sed -n 's/^MainPID=//p' | grep . || echo 0
systemctl is-enabled redis-server 2> /dev/null || true
echo --
ps -C redis-server -o user=,pid=,args=
true
`;

export async function seeService(probe: Probe, host: HostName): Promise<ServiceSeen> {
  return serviceIn((await probe.run(host, lookAtService)).stdout);
}

export function serviceIn(stdout: string): ServiceSeen {
  const [head = '', tail = ''] = stdout.split('--\n');
  const [installed, pid, enabled] = head.split('\n');
  return {
    installed: installed === 'installed',
    pid: Number(pid) || null,
    enabled: enabled === 'enabled',
    processes: tail.split('\n').flatMap((line) => {
      const [user, id, ...command] = line.trim().split(/\s+/);
      return user && id ? [{ user, pid: Number(id), command: command.join(' ') }] : [];
    }),
  };
}
