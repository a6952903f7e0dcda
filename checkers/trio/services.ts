/** Whether Redis runs as a service on a host, and which processes run there. */

export type ServiceSeen = {
  readonly installed: boolean;
  /** Process id of the service redis-server; null when it does not run. */
  readonly pid: number | null;
  readonly enabled: boolean;
  /** Every redis-server on the host, however it was started. */
  readonly processes: readonly { readonly user: string; readonly pid: number; readonly command: string }[];
  /** The warnings at the end of its log where no redis-server runs: why it ended. Absent in older records. */
  readonly lastWords?: string;
};

/** A shell command: the warnings at the end of the server's log, without time and process id; nothing after a clean end. */
export const lastWords =
  "tail -n 3 /var/log/redis/redis-server.log 2> /dev/null | sed -n 's/^[^#]* # //p' | grep -v -e 'bye bye' -e 'Module Configuration'";

/** Shell commands whose output `serviceIn` reads. */
export const lookAtService = `
command -v redis-server > /dev/null && echo installed || echo missing
systemctl show redis-server 2> /dev/null | sed -n 's/^MainPID=//p' | grep . || echo 0
systemctl is-enabled redis-server 2> /dev/null || true
echo --
ps -C redis-server -o user=,pid=,args=
echo --
pgrep -x redis-server > /dev/null || ${lastWords}
true
`;

export function serviceIn(stdout: string): ServiceSeen {
  const [head = '', processes = '', log = ''] = stdout.split('--\n');
  const [installed, pid, enabled] = head.split('\n');
  return {
    installed: installed === 'installed',
    pid: Number(pid) || null,
    enabled: enabled === 'enabled',
    processes: processes.split('\n').flatMap((line) => {
      const [user, id, ...command] = line.trim().split(/\s+/);
      return user && id ? [{ user, pid: Number(id), command: command.join(' ') }] : [];
    }),
    lastWords: inOneLine(log),
  };
}

/** Lines of a log as one sentence can quote them. */
export const inOneLine = (lines: string): string => lines.trim().split('\n').join(' ').slice(0, 200);
