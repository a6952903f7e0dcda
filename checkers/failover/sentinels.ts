/** What the Sentinels did and believe while a failover is made by hand. */
import type { WatcherSeen, Watchers } from '#checkers/sentinel/watchers.ts';
import { seeWatchers } from '#checkers/sentinel/watchers.ts';
import { ofTrio, trio } from '#checkers/trio/hosts.ts';
import type { TrioHost } from '#checkers/trio/hosts.ts';
import type { Probe } from '#checking/probe.ts';
import { eventsOf } from '#shared/timeline.ts';

/** One sign of a failover that Sentinel made: "redis-2 logged +switch-master". */
export async function seeInterference(probe: Probe): Promise<readonly string[]> {
  const published = eventsOf(probe.timeline(), 'sentinel-event')
    .filter(({ data }) => isFailover(data.event))
    .map(({ host, data }) => `the Sentinel of ${host} published ${data.event}`);
  const logged = await ofTrio(async (host) => {
    const log = (await probe.readFile(host, '/var/log/redis/redis-sentinel.log')) ?? '';
    return failoversIn(log, probe.begunAt).map((event) => `the Sentinel of ${host} logged ${event}`);
  });
  return [...new Set([...published, ...trio.flatMap((host) => logged[host])])];
}

/** Failovers in a Sentinel's log since then: "34:X 28 Nov 2026 17:00:00.123 # +try-failover master …", in UTC. */
export function failoversIn(log: string, since: Date): readonly string[] {
  return log.split('\n').flatMap((line) => {
    const [, at, event] = /^\d+:X (\d+ \w+ \d+ [\d:.]+) . (\+\S+)/.exec(line) ?? [];
    return event && isFailover(event) && Date.parse(`${at} UTC`) >= since.getTime() ? [event] : [];
  });
}

const isFailover = (event: string): boolean => event === '+try-failover' || event === '+switch-master';

/** The Sentinels, after those that have just been started have found everybody. */
export async function settledWatchers(probe: Probe): Promise<Watchers> {
  const settled = await probe.until(async () => {
    const watchers = await seeWatchers(probe);
    const onTheirWay = trio.every((host) => watchers[host]) && trio.some((host) => !knowsAll(watchers[host]));
    return onTheirWay ? undefined : watchers;
  }, 12_000);
  return settled ?? (await seeWatchers(probe));
}

/** One complaint for each Sentinel that is not on duty for this master. */
export function notOnDuty(watchers: Watchers, master: TrioHost): readonly string[] {
  return trio.flatMap((host) => {
    const complaint = complaintOf(watchers[host], master);
    return complaint ? [`${host}: ${complaint}`] : [];
  });
}

function complaintOf(watcher: WatcherSeen | null, master: TrioHost): string | undefined {
  if (!watcher) return 'no Sentinel answers, or it watches nothing';
  if (watcher.master !== master) return `its Sentinel still watches ${watcher.master}`;
  if (watcher.quorum !== 2) return `the quorum is ${watcher.quorum}, not 2`;
  if (!knowsAll(watcher))
    return `its Sentinel knows ${watcher.replicas} replicas and ${watcher.others} other Sentinels`;
  if (watcher.downAfter > 10_000) return `down-after-milliseconds is back at ${watcher.downAfter}`;
  return watcher.quorumCheck.startsWith('OK 3') ? undefined : watcher.quorumCheck;
}

const knowsAll = (watcher: WatcherSeen | null): boolean => watcher?.replicas === 2 && watcher.others === 2;
