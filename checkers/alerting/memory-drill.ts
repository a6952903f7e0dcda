/** The drill that fills a server's memory and waits for what the learner's monitoring says about it. */
import { countNotifications } from '#checkers/alertmanager/counters.ts';
import { complaints } from '#checkers/alertmanager/see.ts';
import type { Finding } from '#checking/define.ts';
import type { Drilling } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { drain, fill } from './ballast.ts';
import { delaysOf } from './delays.ts';
import { judgeDrill, tooSlow, waitFor, type DrillSeen } from './drill.ts';
import type { AlertingEvidence } from './evidence.ts';
import { awaitNews } from './news.ts';
import { memoryAlerts } from './rules.ts';

export interface MemoryDrill {
  readonly host: HostName;
  readonly channels: 'any' | 'both';
}

export async function fillMemory(
  drilling: Drilling,
  evidence: AlertingEvidence,
  { host, channels }: MemoryDrill,
): Promise<DrillSeen> {
  const alerts = memoryAlerts(evidence);
  const delays = delaysOf(evidence, alerts);
  const slow = tooSlow(delays);
  if (slow) return { slow, fault: '', told: null, over: null, log: '' };

  const before = await countNotifications(drilling);
  const from = new Date();
  drilling.say(`Filling the memory of ${host}`);
  const percent = await fill(drilling, host, 0.88);
  const fault = `${host} at ${percent} % of its memory limit`;
  drilling.say(`${fault}; waiting for ${alerts.join(' or ')} in the inbox`);
  const told = await awaitNews(drilling, {
    alerts,
    channels,
    state: 'firing',
    from,
    before,
    ...waitFor.told(delays),
  });
  if (!told.complete) return { slow: null, fault, told, over: null, log: await complaints(drilling) };

  const counted = await countNotifications(drilling);
  const freed = new Date();
  await drain(drilling, host);
  drilling.say(`${host} has its memory back; waiting for "resolved" in the inbox`);
  const over = await awaitNews(drilling, {
    alerts,
    channels,
    state: 'over',
    from: freed,
    before: counted,
    ...waitFor.over(delays),
  });
  return { slow: null, fault, told, over, log: over.complete ? '' : await complaints(drilling) };
}

export const judgeMemoryDrill = (
  seen: DrillSeen,
  evidence: AlertingEvidence,
  channels: MemoryDrill['channels'],
): Finding => judgeDrill(seen, memoryAlerts(evidence), channels);
