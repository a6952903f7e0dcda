/** The drills of the monitoring lesson: live numbers, and a server that stops answering. */
import { query, selector, type Labels } from '#checkers/prometheus/api.ts';
import { ofTrio, trio, type TrioHost } from '#checkers/trio/hosts.ts';
import { met, unmet, type Finding } from '#checking/define.ts';
import type { Drilling, Probe } from '#checking/probe.ts';
import { type MonitoringEvidence } from './evidence.ts';

export type LiveSeen = {
  readonly planted: number;
  /** Hosts for which Prometheus did not show the number of keys. */
  readonly without: readonly TrioHost[];
  readonly milliseconds: number;
};

/** Plants some keys in database 9 of the master and waits until Prometheus shows their number for every server. */
export async function plantKeys(drilling: Drilling, evidence: MonitoringEvidence): Promise<LiveSeen> {
  const master = hostsOf(evidence, 'master')[0] ?? 'redis-1';
  const count = 5 + Math.floor(Math.random() * 60);
  drilling.undoAfter((probe) =>
    probe.redis(master, ['EVAL', inDatabase9(`redis.call('UNLINK', key)`), 0, drilling.nonce, count]),
  );
  await drilling.redis(master, [
    'EVAL',
    inDatabase9(`redis.call('SET', key, 'x', 'EX', 300)`),
    0,
    drilling.nonce,
    count,
  ]);
  const planted = await keysIn(drilling, master);
  drilling.say(`${master} has ${planted} keys in database 9 now; waiting for Prometheus to say so`);
  const from = Date.now();
  let without: readonly TrioHost[] = trio;
  await drilling.until(async () => {
    const shown = await ofTrio(
      async (host) => (await query(drilling, `redis_db_keys${withDatabase9(evidence.servers[host].target)}`))[0]?.value,
    );
    without = trio.filter((host) => shown[host] !== planted);
    return without.length === 0 || undefined;
  }, patience(evidence));
  return { planted, without, milliseconds: Date.now() - from };
}

export const judgeLive = ({ planted, without, milliseconds }: LiveSeen): Finding =>
  without.length === 0
    ? met(`${planted} keys in database 9 were known for all three after ${(milliseconds / 1_000).toFixed(1)} s.`)
    : unmet(
        `The servers have ${planted} keys in database 9; after ${Math.round(milliseconds / 1_000)} s Prometheus does not show that for ${without.join(', ')}.`,
        'The series must come from these very servers: is the scrape interval very long, or are the numbers from a file?',
      );

export type FrozenSeen = {
  readonly host: TrioHost;
  /** Milliseconds until Prometheus noticed; null when it did not. */
  readonly noticed: number | null;
  /** Milliseconds until it saw the server again. */
  readonly back: number | null;
};

export async function freezeReplica(drilling: Drilling, evidence: MonitoringEvidence): Promise<FrozenSeen> {
  const replicas = hostsOf(evidence, 'replica');
  const host = replicas[Math.floor(Math.random() * replicas.length)] ?? 'redis-3';
  const { target } = evidence.servers[host];
  drilling.say(`Freezing ${host}; waiting for Prometheus to notice`);
  await drilling.fault('host-paused', host);
  const noticed = await timed(drilling, evidence, async () => (await stateOf(drilling, target)) === 'down');
  await drilling.mend('host-paused', host);
  drilling.say(`${host} runs again`);
  const back = await timed(drilling, evidence, async () => (await stateOf(drilling, target)) === 'up');
  return { host, noticed, back };
}

export function judgeFrozen({ host, noticed, back }: FrozenSeen): Finding {
  if (noticed === null)
    return unmet(
      `${host} was frozen, and Prometheus still called it up.`,
      'Look at up and redis_up of that server on the page of Prometheus.',
    );
  if (back === null)
    return unmet(`${host} runs again, but Prometheus does not see it.`, 'Look at the error on the targets page.');
  return met(
    `${host} was frozen: noticed after ${(noticed / 1_000).toFixed(1)} s, seen again ${(back / 1_000).toFixed(1)} s after it was back.`,
  );
}

/** What Prometheus says of a server; undefined when it says nothing of it. */
async function stateOf(probe: Probe, target: Labels | null): Promise<'up' | 'down' | undefined> {
  const series = selector(target ?? {});
  const [up, redisUp] = await Promise.all([query(probe, `up${series}`), query(probe, `redis_up${series}`)]);
  const values = [up[0]?.value, redisUp[0]?.value];
  if (values.includes(0)) return 'down';
  return values.every((value) => value === 1) ? 'up' : undefined;
}

async function timed(
  drilling: Drilling,
  evidence: MonitoringEvidence,
  look: () => Promise<boolean>,
): Promise<number | null> {
  const from = Date.now();
  const seen = await drilling.until(async () => (await look()) || undefined, patience(evidence));
  return seen ? Date.now() - from : null;
}

const hostsOf = ({ servers }: MonitoringEvidence, role: 'master' | 'replica'): readonly TrioHost[] =>
  trio.filter((host) => servers[host].role === role);

/** Two scrapes, the second of which may have to time out, and something for a busy machine. */
const patience = ({ prometheus }: MonitoringEvidence): number =>
  (2 * Math.max(5, ...prometheus.targets.map(({ every }) => every)) + 20) * 1_000;

const withDatabase9 = (target: Labels | null): string => selector({ ...target, db: 'db9' });

/** A SELECT inside a script ends with the script: the connection stays in its own database. */
const inDatabase9 = (each: string): string =>
  `redis.call('SELECT', 9) for n = 1, ARGV[2] do local key = 'clinic:live:' .. ARGV[1] .. ':' .. n ${each} end return 1`;

async function keysIn(probe: Probe, host: TrioHost): Promise<number> {
  return Number(/keys=(\d+)/.exec((await probe.info(host))?.['db9'] ?? '')?.[1] ?? 0);
}
