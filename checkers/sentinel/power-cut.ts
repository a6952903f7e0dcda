/** The drill: the power of the master's host is cut while an application writes. */
import { isTrioHost, othersThan } from '#checkers/trio/hosts.ts';
import type { TrioHost } from '#checkers/trio/hosts.ts';
import { followsWell, seeServer } from '#checkers/trio/servers.ts';
import { drill, met, unmet } from '#checking/define.ts';
import type { DrillCriterion, Finding } from '#checking/define.ts';
import type { Drilling } from '#checking/probe.ts';
import type { SentinelEvidence } from './evidence.ts';
import { seeWatcher } from './watchers.ts';
import type { WatcherSeen } from './watchers.ts';

export type PowerCutSeen = {
  readonly master: TrioHost;
  /** Who took over; null when nobody did. */
  readonly next: TrioHost | null;
  /** Milliseconds that a new master was waited for. */
  readonly waitedFor: number;
  readonly writes: { readonly acknowledged: number; readonly lost: number; readonly longestGap: number } | null;
  /** Whether the old master's Redis and Sentinel came back with their host. */
  readonly redisBack: boolean;
  readonly sentinelBack: boolean;
  /** Milliseconds from the return of the power until the old master was a replica; null when it was none in time. */
  readonly rejoined: number | null;
};

/** Milliseconds that a failover may take beyond the silence that makes a master count as down. */
const FAILOVER = 15_000;
/** Milliseconds that nobody waits longer. */
const LONGEST = 70_000;
/** Milliseconds for services to start with their host, and for a master that came back to be made a replica. */
const BOOT = 10_000;
const REJOIN = 40_000;
/** Writes of one second: what replication, which does not wait for the replicas, may lose. */
const ONE_SECOND = 20;

export const powerCut: DrillCriterion<SentinelEvidence> = drill<SentinelEvidence, PowerCutSeen>({
  id: 'power-cut',
  asks:
    'The proof: the checker cuts the power of the master’s host (Redis and its Sentinel) while an application writes. ' +
    'A replica takes over, the writes go on, and the old master comes back as a replica.',
  act: cutPower,
  judge: judgePowerCut,
});

export async function cutPower(drilling: Drilling, { watchers, master }: SentinelEvidence): Promise<PowerCutSeen> {
  const victim = master ?? 'redis-1';
  const patience = patienceWith(watchers[victim]);
  const writer = await drilling.startWriter();
  await drilling.until(() => undefined, 1_000);
  drilling.say(`The power of ${victim} is cut, in the middle of the writes. Waiting for a new master`);
  await drilling.fault('host-down', victim);
  const next = (await drilling.until(() => successor(drilling, victim), patience)) ?? null;
  if (next) drilling.say(`${next} has taken over. The writes go on`);
  if (next) await drilling.until(() => undefined, 1_000);
  const writes = next ? await writer.stop() : null;
  drilling.say(`The power of ${victim} is back. Waiting until it is a replica`);
  await drilling.mend('host-down', victim);
  const back = await comeBack(drilling, victim, next);
  return {
    master: victim,
    next,
    waitedFor: patience,
    writes: writes && { acknowledged: writes.acknowledged, lost: writes.lost, longestGap: writes.longestGap },
    ...back,
  };
}

/** Two Sentinels that stand for election at once win no majority: they try again after twice their failover-timeout. */
function patienceWith(watcher: WatcherSeen | null): number {
  const { downAfter = 0, failoverTimeout = 0 } = watcher ?? {};
  return Math.min(downAfter + FAILOVER + 2 * failoverTimeout, LONGEST);
}

/** The master that both remaining Sentinels name, once it says so itself. */
async function successor(drilling: Drilling, lost: TrioHost): Promise<TrioHost | undefined> {
  const [one, other] = await Promise.all(othersThan(lost).map((host) => seeWatcher(drilling, host)));
  const named = one?.master;
  if (named === undefined || named !== other?.master || named === lost || !isTrioHost(named)) return undefined;
  return (await seeServer(drilling, named))?.role === 'master' ? named : undefined;
}

/** Waits for the services and the role, and starts by hand what did not start: the lab shall be left as it was. */
async function comeBack(drilling: Drilling, host: TrioHost, next: TrioHost | null) {
  const returned = Date.now();
  const redisBack = await answers(() => seeServer(drilling, host), drilling);
  const sentinelBack = await answers(() => seeWatcher(drilling, host), drilling);
  if (!redisBack) await drilling.run(host, ['systemctl', 'start', 'redis-server'], { timeout: 20_000 });
  if (!sentinelBack) await drilling.run(host, ['systemctl', 'start', 'redis-sentinel'], { timeout: 20_000 });
  const rejoined =
    next &&
    (await drilling.until(
      async () => (followsWell(await seeServer(drilling, host), next) ? Date.now() - returned : undefined),
      REJOIN,
    ));
  return { redisBack, sentinelBack, rejoined: rejoined ?? null };
}

async function answers(look: () => Promise<unknown>, drilling: Drilling): Promise<boolean> {
  return (await drilling.until(async () => ((await look()) ? true : undefined), BOOT)) ?? false;
}

export function judgePowerCut({
  master,
  next,
  waitedFor,
  writes,
  redisBack,
  sentinelBack,
  rejoined,
}: PowerCutSeen): Finding {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  if (!next || !writes) {
    return unmet(
      `${master} was without power for ${seconds(waitedFor)}, and nobody took over.`,
      'With one of three hosts gone two Sentinels are left: do they reach each other and the replicas? ' +
        'Their logs in /var/log/redis tell how far they came.',
    );
  }
  if (writes.lost > ONE_SECOND) {
    return unmet(
      `${next} took over, but ${writes.lost} of ${writes.acknowledged} acknowledged writes are gone.`,
      'The new master was far behind the old one. See the links of the replicas: redis-cli INFO replication.',
    );
  }
  if (!redisBack || !sentinelBack) {
    const away = [...(redisBack ? [] : ['Redis']), ...(sentinelBack ? [] : ['the Sentinel'])].join(' and ');
    return unmet(
      `${next} took over, but ${away} of ${master} did not start with the host (they were started for you).`,
      'sudo systemctl enable redis-server redis-sentinel on every host.',
    );
  }
  if (rejoined === null) {
    return unmet(
      `${next} took over, but ${master} is not its replica ${seconds(REJOIN)} after its return.`,
      'If the servers ask for a password, does the old master know it, too (masterauth)?',
    );
  }
  return met(
    `${next} took over after ${seconds(writes.longestGap)} without writes; of ${writes.acknowledged} acknowledged ` +
      `writes ${writes.lost === 0 ? 'none is' : `${writes.lost} are`} lost; ${master} was a replica again ${seconds(rejoined)} after its return.`,
  );
}
