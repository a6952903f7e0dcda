/** How a server keeps its data, and what its configuration file says that it will do after a restart. */
import { lastDirective } from '#checking/directives.ts';
import type { Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';

export type PersistenceSeen = {
  readonly aof: boolean;
  /** The server is still writing its first append-only file. */
  readonly rewriting: boolean;
  readonly writesOk: boolean;
  readonly rewritesOk: boolean;
  readonly live: Policy;
  readonly file: { readonly [name in keyof Policy]: string | null } & { readonly appendonly: string | null };
};

export type Policy = {
  readonly appendfsync: string;
  readonly 'auto-aof-rewrite-percentage': string;
  readonly 'auto-aof-rewrite-min-size': string;
};

/** Null when the server does not answer. A first rewrite that is under way is given some seconds to end. */
export async function seePersistence(probe: Probe, host: HostName): Promise<PersistenceSeen | null> {
  const settled = await probe.until(async () => {
    const info = await probe.info(host);
    return info?.['aof_enabled'] === '1' && rewrites(info) ? undefined : (info ?? null);
  }, 8_000);
  const info = settled === undefined ? await probe.info(host) : settled;
  if (!info) return null;
  const live = await liveSettings(probe, host, 'appendfsync', 'auto-aof-rewrite-*');
  const text = (await probe.readFile(host, '/etc/redis/redis.conf')) ?? '';
  const written = (name: string) => lastDirective(text, name)?.[0]?.toLowerCase() ?? null;
  return {
    aof: info['aof_enabled'] === '1',
    rewriting: rewrites(info),
    writesOk: info['aof_last_write_status'] === 'ok',
    rewritesOk: info['aof_last_bgrewrite_status'] === 'ok',
    live: {
      appendfsync: live['appendfsync'] ?? '',
      'auto-aof-rewrite-percentage': live['auto-aof-rewrite-percentage'] ?? '',
      'auto-aof-rewrite-min-size': live['auto-aof-rewrite-min-size'] ?? '',
    },
    file: {
      appendonly: written('appendonly'),
      appendfsync: written('appendfsync'),
      'auto-aof-rewrite-percentage': written('auto-aof-rewrite-percentage'),
      'auto-aof-rewrite-min-size': written('auto-aof-rewrite-min-size'),
    },
  };
}

/** Settings of the running server, by name or pattern; empty when it does not tell. */
export async function liveSettings(
  probe: Probe,
  host: HostName,
  ...names: readonly string[]
): Promise<Readonly<Record<string, string>>> {
  const answer = await probe.redis(host, ['CONFIG', 'GET', ...names]);
  const list = answer.ok && Array.isArray(answer.value) ? answer.value.map(String) : [];
  return Object.fromEntries(list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1] ?? '']] : [])));
}

const rewrites = (info: Readonly<Record<string, string>>): boolean =>
  info['aof_rewrite_in_progress'] === '1' || info['aof_rewrite_scheduled'] === '1';

/** Bytes of a size as redis.conf writes it: "1mb", "64MB", "1048576". NaN when it is none. */
export function bytesOf(size: string): number {
  const [, number, unit = ''] = /^(\d+)\s*([kmg]?b?)$/i.exec(size.trim()) ?? [];
  // In redis.conf 1k is 1000 and 1kb is 1024.
  const factors: Readonly<Record<string, number>> = {
    '': 1,
    b: 1,
    k: 1e3,
    kb: 2 ** 10,
    m: 1e6,
    mb: 2 ** 20,
    g: 1e9,
    gb: 2 ** 30,
  };
  return Number(number) * (factors[unit.toLowerCase()] ?? NaN);
}
