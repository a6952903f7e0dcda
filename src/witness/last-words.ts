/**
 * How a Redis process ended, read from its log at once: a learner who edits the log afterwards comes too late. A shutdown
 * says goodbye; what was killed, or crashed, breaks off.
 */
import { EngineUnreachable, HostDown } from '#sandbox/driver.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';

/** Milliseconds: a server that is asked to end may wait ten seconds for its replicas before it goes. */
const PATIENCE = 20_000;

/** True when it said goodbye; undefined when its log does not tell of it, it lives on, or its host is down. */
export async function saidGoodbye(
  lab: Lab,
  host: HostName,
  pid: number,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  try {
    const { code, stdout } = await lab.run(host, ['bash', '-c', lastWords, 'clinic-witness', String(pid)], {
      timeout: PATIENCE,
      signal,
    });
    return code === 0 ? stdout.includes('ready to exit') : undefined;
  } catch (error) {
    if (signal.aborted || error instanceof HostDown || error instanceof EngineUnreachable) return undefined;
    throw error;
  }
}

/** Waits for the end of the process; fails when it does not come, or when the log has nothing of it. */
const lastWords = `
timeout 15 tail --pid="$1" -s 0.1 -f /dev/null || exit
tail -c 100000 /var/log/redis/redis-server.log | grep -a "^$1:" | tail -n 3 | grep .
`;
