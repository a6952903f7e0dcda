/**
 * How a Redis process ends, heard from its log while it writes it: a learner who edits the log afterwards comes too late.
 * A shutdown says goodbye; what was killed, or crashed, breaks off.
 */
import { posix } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RedisLinks } from '#checking/redis-links.ts';
import { EngineUnreachable, HostDown } from '#sandbox/driver.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';

/** Milliseconds that one command listens; then it begins anew. It bounds how long one outlives a server that was killed. */
const PATIENCE = 5 * 60_000;
/** Milliseconds before a command that ended early (killed, no engine) is tried again. */
const RETRY = 1_000;

/**
 * Listens until the process has ended. True when it said goodbye; undefined when its log has nothing of it, it writes
 * none, or its host is down.
 */
export async function saidGoodbye(
  lab: Lab,
  links: RedisLinks,
  host: HostName,
  pid: number,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const log = await logOf(links, host);
  let said: boolean | undefined;
  const onLine = (line: string) => {
    if (line.startsWith(`${pid}:`)) said = said === true || line.includes('ready to exit');
  };
  while (!signal.aborted) {
    try {
      const command = ['bash', '-c', listen, 'clinic-witness', String(pid), log];
      const { code, timedOut } = await lab.run(host, command, { timeout: PATIENCE, signal, onLine });
      if (code === 0 || code === NO_LOG) return said;
      if (!timedOut) await pause(RETRY, undefined, { signal });
    } catch (error) {
      if (signal.aborted || error instanceof HostDown) return undefined;
      if (!(error instanceof EngineUnreachable)) throw error;
      await pause(RETRY, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

/** Where that process writes its log: it cannot be changed while it runs. */
async function logOf(links: RedisLinks, host: HostName): Promise<string> {
  const answer = await links.ask(host, ['CONFIG', 'GET', 'logfile', 'dir']);
  const list = answer.ok && Array.isArray(answer.value) ? answer.value.map(String) : [];
  const setting = (name: string) => list[list.indexOf(name) + 1] ?? '';
  if (list.length === 0) return '/var/log/redis/redis-server.log';
  return setting('logfile') === '' ? '/dev/null' : posix.resolve(setting('dir'), setting('logfile'));
}

const NO_LOG = 3;

/**
 * Follows what the process writes, by the open file and not by its name, until the process is gone. The learner sees this
 * name in `ps`.
 */
const listen = `
[ -r "$2" ] || exit ${NO_LOG}
exec -a clinic-witness tail -n 2000 -s 0.2 --pid="$1" -f -- "$2"
`;
