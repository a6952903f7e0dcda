/**
 * The drill that holds a replica back. Rules about lag are tried by freezing the replica's host: its server is silent, and
 * the master says for how long. A frozen host cannot be scraped, so rules that only look at the replica's own link are
 * tried by a link that breaks instead.
 */
import { countNotifications } from '#checkers/alertmanager/counters.ts';
import { complaints } from '#checkers/alertmanager/see.ts';
import { seeRules } from '#checkers/prometheus/rules.ts';
import { trio, type TrioHost } from '#checkers/trio/hosts.ts';
import type { Drilling, Probe } from '#checking/probe.ts';
import { delaysOf } from './delays.ts';
import { tooSlow, waitFor, type DrillSeen } from './drill.ts';
import type { AlertingEvidence } from './evidence.ts';
import { awaitNews } from './news.ts';
import { alertsFor, alertsForOne } from './rules.ts';

/** Seconds that a threshold of a rule about lag may take on top of every other wait. */
const thresholdTime = 45;

export async function holdReplicaBack(drilling: Drilling, evidence: AlertingEvidence): Promise<DrillSeen> {
  const byLag = alertsForOne(evidence, 'frozen');
  const alerts = byLag.length > 0 ? byLag : alertsFor(evidence, 'lagging', 'link-down');
  const delays = delaysOf(evidence, alerts);
  const slow = tooSlow(delays);
  if (slow) return { slow, fault: '', told: null, over: null, log: '' };

  await calm(drilling, alerts);
  const replica = await someReplica(drilling);
  const before = await countNotifications(drilling);
  const from = new Date();
  const fault = byLag.length > 0 ? await freeze(drilling, replica) : await breakLink(drilling, replica);
  drilling.say(`${fault.text}; waiting for ${alerts.join(' or ')} in the inbox`);
  const told = await awaitNews(drilling, {
    alerts,
    channels: 'any',
    state: 'firing',
    from,
    before,
    ...waitFor.told(delays, thresholdTime),
  });
  if (!told.complete) return { slow: null, fault: fault.text, told, over: null, log: await complaints(drilling) };

  const counted = await countNotifications(drilling);
  const mended = new Date();
  await fault.mend();
  drilling.say(`${replica} may catch up; waiting for "resolved" in the inbox`);
  const over = await awaitNews(drilling, {
    alerts,
    channels: 'any',
    state: 'over',
    from: mended,
    before: counted,
    ...waitFor.over(delays),
  });
  return { slow: null, fault: fault.text, told, over, log: over.complete ? '' : await complaints(drilling) };
}

/** An alert that still fires, perhaps from the drill before, would not be told again. */
async function calm(drilling: Drilling, alerts: readonly string[]): Promise<void> {
  await drilling.until(async () => {
    const rules = (await seeRules(drilling)).alerts.filter(({ name }) => alerts.includes(name));
    return rules.every(({ state }) => state === 'inactive') || undefined;
  }, 45_000);
}

async function someReplica(probe: Probe): Promise<TrioHost> {
  const infos = await Promise.all(trio.map((host) => probe.info(host)));
  const replicas = trio.filter((_, n) => infos[n]?.['role'] === 'slave');
  return replicas[Math.floor(Math.random() * replicas.length)] ?? 'redis-3';
}

interface Broken {
  readonly text: string;
  mend(): Promise<unknown>;
}

async function freeze(drilling: Drilling, replica: TrioHost): Promise<Broken> {
  await drilling.fault('host-paused', replica);
  return { text: `${replica} frozen`, mend: () => drilling.mend('host-paused', replica) };
}

/** A wrong password keeps the replica from its master, and everything else of it goes on. */
async function breakLink(drilling: Drilling, replica: TrioHost): Promise<Broken> {
  const answer = await drilling.redis(replica, ['CONFIG', 'GET', 'masterauth']);
  const known = answer.ok && Array.isArray(answer.value) ? String(answer.value[1] ?? '') : '';
  const mend = (probe: Probe) => probe.redis(replica, ['CONFIG', 'SET', 'masterauth', known]);
  drilling.undoAfter(mend);
  await drilling.redis(replica, ['CONFIG', 'SET', 'masterauth', `wrong-${drilling.nonce}`]);
  await drilling.redis(replica, ['CLIENT', 'KILL', 'TYPE', 'master']);
  return { text: `${replica} cut off from its master`, mend: () => mend(drilling) };
}
