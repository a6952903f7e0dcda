/** What the three Sentinels believe, each asked by itself. */
import { hostAt, isTrioHost, ofTrio, trio } from '#checkers/trio/hosts.ts';
import type { OfTrio, TrioHost } from '#checkers/trio/hosts.ts';
import type { Probe, RedisValue } from '#checking/probe.ts';

export const SENTINEL_PORT = 26379;

export type WatcherSeen = {
  /** The name it gives to the master it watches. */
  readonly name: string;
  /** Names of entries beside it that mean the server of the Sentinel's own host. */
  readonly strays?: readonly string[];
  /** Where it thinks the master is: a host of the lab, or the address as it says it. */
  readonly master: string;
  readonly quorum: number;
  readonly replicas: number;
  readonly others: number;
  readonly epoch: number;
  readonly downAfter: number;
  readonly failoverTimeout: number;
  readonly id: string;
  readonly script: string | null;
  /** What CKQUORUM answers: whether the failover could be authorised now. */
  readonly quorumCheck: string;
};

/** Null when no Sentinel answers on that host, or when it watches nothing. */
export type Watchers = OfTrio<WatcherSeen | null>;

export const seeWatchers = (probe: Probe): Promise<Watchers> => ofTrio((host) => seeWatcher(probe, host));

/** The Sentinels, after those that have something to learn have learned it: just started, or just after a failover. */
export async function settledWatchers(probe: Probe, milliseconds = 5_000): Promise<Watchers> {
  const settled = await probe.until(async () => {
    const watchers = await seeWatchers(probe);
    const learning = trio.every((host) => watchers[host]?.quorumCheck.startsWith('OK')) && !agreedMaster(watchers);
    return learning ? undefined : watchers;
  }, milliseconds);
  return settled ?? (await seeWatchers(probe));
}

export async function seeWatcher(probe: Probe, host: TrioHost): Promise<WatcherSeen | null> {
  const ask = (...words: readonly string[]) => probe.redis(host, ['SENTINEL', ...words], SENTINEL_PORT);
  let answer = await ask('MASTERS');
  // Busy with a failover, it may be late: that is not yet silence.
  if (!answer.ok && answer.why === 'timeout') answer = await ask('MASTERS');
  if (!answer.ok || !Array.isArray(answer.value)) return null;
  const masters = answer.value.map(fieldsOf);
  const where = (fields: Map<string, string>) => hostAt(probe, fields.get('ip') ?? '');
  // Debian's own entry, which watches 127.0.0.1, may have been left beside the one that counts: another complaint.
  const watched = masters.find((fields) => isTrioHost(where(fields))) ?? masters[0];
  if (!watched) return null;
  const name = watched.get('name') ?? '';
  const [id, check] = await Promise.all([ask('MYID'), ask('CKQUORUM', name)]);
  const number = (field: string) => Number(watched.get(field) ?? 0);
  return {
    name,
    master: where(watched),
    strays: masters.flatMap((fields) =>
      fields !== watched && isOwnHost(where(fields)) ? [fields.get('name') ?? ''] : [],
    ),
    quorum: number('quorum'),
    replicas: number('num-slaves'),
    others: number('num-other-sentinels'),
    epoch: number('config-epoch'),
    downAfter: number('down-after-milliseconds'),
    failoverTimeout: number('failover-timeout'),
    id: id.ok ? String(id.value) : '',
    script: watched.get('notification-script') ?? null,
    quorumCheck: check.ok ? String(check.value) : check.text,
  };
}

/** An address that means another server on every host. */
export const isOwnHost = (address: string): boolean => /^(127\.|localhost|::1)/.test(address);

/** A flat list of names and values, as Sentinel answers. */
function fieldsOf(list: RedisValue): Map<string, string> {
  const fields = new Map<string, string>();
  if (!Array.isArray(list)) return fields;
  for (let at = 0; at + 1 < list.length; at += 2) fields.set(String(list[at]), String(list[at + 1]));
  return fields;
}

/** The one master that all three name; undefined while they differ. */
export function agreedMaster(watchers: Watchers): TrioHost | undefined {
  const [host, ...others] = new Set(trio.map((at) => watchers[at]?.master));
  return others.length === 0 ? trio.find((name) => name === host) : undefined;
}

export const highestEpoch = (watchers: Watchers): number => Math.max(0, ...trio.map((at) => watchers[at]?.epoch ?? 0));
