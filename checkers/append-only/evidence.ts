/** How a server keeps its data, and what its configuration file says that it will do after a restart. */
import { lastDirective } from '#checking/directives.ts';
import type { Probe } from '#checking/probe.ts';
import { readConfig } from '#checking/redis-config.ts';
import type { HostName } from '#sandbox/topologies.ts';

export type PersistenceSeen = {
  readonly aof: boolean;
  /** The server is still writing its first append-only file. */
  readonly rewriting: boolean;
  readonly writesOk: boolean;
  readonly rewritesOk: boolean;
  /** The file that the server was started with. Absent in older records. */
  readonly startedWith?: string;
  readonly live: Policy;
  readonly file: { readonly [name in keyof Policy]: string | null } & { readonly appendonly: string | null };
};

export type Policy = {
  readonly appendfsync: string;
  readonly 'no-appendfsync-on-rewrite': string;
  readonly 'auto-aof-rewrite-percentage': string;
  readonly 'auto-aof-rewrite-min-size': string;
};

const policyNames: readonly (keyof Policy)[] = [
  'appendfsync',
  'no-appendfsync-on-rewrite',
  'auto-aof-rewrite-percentage',
  'auto-aof-rewrite-min-size',
];

/** Null when the server does not answer. A first rewrite that is under way is given some seconds to end. */
export async function seePersistence(probe: Probe, host: HostName): Promise<PersistenceSeen | null> {
  const settled = await probe.until(async () => {
    const info = await probe.info(host);
    return info?.['aof_enabled'] === '1' && rewrites(info) ? undefined : (info ?? null);
  }, 8_000);
  const info = settled === undefined ? await probe.info(host) : settled;
  if (!info) return null;
  const live = await liveSettings(probe, host, ...policyNames);
  const text = await readConfig(probe, host);
  const written = (name: string) => lastDirective(text, name)?.[0]?.toLowerCase() ?? null;
  const each = <T>(value: (name: keyof Policy) => T) =>
    Object.fromEntries(policyNames.map((name) => [name, value(name)])) as { [name in keyof Policy]: T };
  return {
    aof: info['aof_enabled'] === '1',
    rewriting: rewrites(info),
    writesOk: info['aof_last_write_status'] === 'ok',
    rewritesOk: info['aof_last_bgrewrite_status'] === 'ok',
    startedWith: info['config_file'] ?? '',
    live: each((name) => live[name] ?? ''),
    file: { appendonly: written('appendonly'), ...each(written) },
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
