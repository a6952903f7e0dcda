/** The lives of a Redis server as its log tells them: how each began and how it ended. */
import type { Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { End } from './ends.ts';
import { liveSettings } from './evidence.ts';

export type Life = {
  /** Milliseconds since 1970, as the server's clock had it. */
  readonly startedAt: number;
  readonly pid: number;
  readonly loaded: 'append-only file' | 'snapshot' | 'nothing';
  /** It said goodbye: a shutdown, not a crash. */
  readonly saidGoodbye: boolean;
};

/** The last lives of a server, oldest first. */
export async function seeLives(probe: Probe, host: HostName): Promise<readonly Life[]> {
  const path = (await liveSettings(probe, host, 'logfile'))['logfile'] || '/var/log/redis/redis-server.log';
  return livesIn((await probe.readFile(host, path)) ?? '').slice(-10);
}

/** Oldest first. Lines of child processes (snapshots, rewrites) have process ids of their own and are passed over. */
export function livesIn(log: string): readonly Life[] {
  const lives: Life[] = [];
  for (const line of log.split('\n')) {
    const { pid, at, text } = read(line);
    const last = lives.at(-1);
    if (text.includes('Redis is starting')) lives.push({ startedAt: at, pid, loaded: 'nothing', saidGoodbye: false });
    else if (last?.pid === pid) lives[lives.length - 1] = { ...last, ...learnt(text) };
  }
  return lives;
}

/**
 * The lives that began after `since`, because the one before them had ended in a crash. Where the witness was there at
 * some end, its word counts and not the log's, which can be written by hand; a log that was emptied has no life before.
 */
export function afterCrashes(
  lives: readonly Life[],
  since: number,
  ends: readonly End[] = [],
  witnessed = ends.length > 0,
): readonly Life[] {
  const unlisted = ends.filter(({ pid }) => !lives.some((life) => life.pid === pid));
  return lives.filter((life, n) => {
    if (life.startedAt < since) return false;
    const before = lives[n - 1];
    const end = before ? ends.find(({ pid }) => pid === before.pid) : unlisted.at(-1);
    return (end?.goodbye ?? (witnessed || before?.saidGoodbye)) === false;
  });
}

function learnt(text: string): Partial<Life> {
  if (text.includes('DB loaded from append only file')) return { loaded: 'append-only file' };
  if (text.includes('DB loaded from disk')) return { loaded: 'snapshot' };
  if (text.includes('Redis is now ready to exit')) return { saidGoodbye: true };
  return {};
}

/** "34:M 28 Nov 2026 17:00:00.123 * text"; the clock of a lab's hosts is UTC. */
function read(line: string): { readonly pid: number; readonly at: number; readonly text: string } {
  const [, pid, at, text = ''] = /^(\d+):\w (\d+ \w+ \d+ [\d:.]+) . (.*)$/.exec(line) ?? [];
  return { pid: Number(pid), at: Date.parse(`${at} UTC`), text };
}
