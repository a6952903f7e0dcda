/** For drills: ends a Redis process in one way or another and starts its service again. */
import type { Drilling } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { seeServer } from './servers.ts';

/** TERM lets Redis save and say goodbye; KILL does not. Returns the run_id that has ended. */
export async function endProcess(drilling: Drilling, host: HostName, signal: 'TERM' | 'KILL'): Promise<string | null> {
  const server = await seeServer(drilling, host);
  if (!server) return null;
  // By process id and not through the service, so that a server which was started by hand ends, too.
  await drilling.run(
    host,
    `kill -${signal} ${server.pid} && timeout 10 tail --pid=${server.pid} -s 0.05 -f /dev/null`,
    {
      timeout: 12_000,
    },
  );
  return server.runId;
}

export async function startService(drilling: Drilling, host: HostName): Promise<void> {
  await drilling.run(host, ['systemctl', 'start', 'redis-server'], { timeout: 20_000 });
}
