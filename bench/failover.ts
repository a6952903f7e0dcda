/** A failover as an application meets it: seconds without writes, and confirmed writes that are gone. */
import { setTimeout as pause } from 'node:timers/promises';
import { prepareLesson } from '#checking/prepare.ts';
import { prepareSentinels } from '#lessons/sentinels.ts';
import { prepareTrio } from '#lessons/trio.ts';
import type { Lab } from '#sandbox/driver.ts';
import { topologies, type HostName } from '#sandbox/topologies.ts';
import { eventsOf } from '#shared/timeline.ts';
import { openDriver } from '../src/authoring/engine.ts';
import { observe, type Observers } from '../src/authoring/observers.ts';
import { startWriter } from '../src/witness/writer.ts';
import { bounded, median, say, type Figure } from './figures.ts';

const rounds = 5;
/** Milliseconds of writing before the power is cut, and after the Sentinels have agreed on another master. */
const before = 2_000;
const after = 3_000;

export async function* failover(): AsyncGenerator<Figure> {
  const what = 'power cut of the master, down-after-milliseconds 5000 → writes go through again';
  yield bounded(what, 6, async (signal) => {
    const driver = await openDriver();
    await driver.remove('bench');
    const lab = await driver.create('bench', topologies.trio);
    const end = new AbortController();
    try {
      const seen = await observe(driver, lab, end.signal);
      const prepared = { slug: 'bench', topology: 'trio', steps: [] } as const;
      await prepareLesson(lab, { ...prepared, prepare: prepareTrio }, say);
      await prepareLesson(lab, { ...prepared, prepare: prepareSentinels }, say);
      const reports = [];
      let master: HostName = 'redis-1';
      for (let round = 1; round <= rounds; round += 1) {
        signal.throwIfAborted();
        const { report, to } = await cutPower(lab, seen, master);
        say(`round ${round}: ${master} → ${to}, ${report.longestGap} ms without writes, ${report.lost} lost`);
        reports.push(report);
        master = to;
      }
      const gaps = reports.map(({ longestGap }) => longestGap / 1_000);
      const lost = reports.map((report) => report.lost);
      const written = reports.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
      return {
        what,
        figure: `${median(gaps).toFixed(1)} s (worst ${Math.max(...gaps).toFixed(1)}, n=${gaps.length})`,
        beside: `confirmed writes lost: ${median(lost)} (worst ${Math.max(...lost)}) a round, of ${written} in all, 20 a second`,
      };
    } finally {
      end.abort();
      await driver.remove('bench');
    }
  });
}

/** One round; at its end the old master is back as a replica, and all Sentinels know it. */
async function cutPower(lab: Lab, { timeline }: Observers, master: HostName) {
  const writer = await startWriter(lab);
  await pause(before);
  const since = timeline().length;
  const moved = () =>
    eventsOf(timeline().slice(since), 'sentinel-event').find(({ data }) => data.event === '+switch-master')?.data.to;
  await lab.fault('host-down', master);
  const to = (await until('another master', () => moved() ?? undefined)) as HostName;
  await pause(after);
  const report = await writer.stop();
  await lab.mend('host-down', master);
  await until(`${master} as a replica of ${to}`, () =>
    eventsOf(timeline().slice(since), 'role-changed').find(({ host, data }) => host === master && data.follows === to),
  );
  await until('Sentinels that agree', async () => (await agreed(lab)) || undefined);
  return { report, to };
}

async function agreed(lab: Lab): Promise<boolean> {
  const hosts = ['redis-1', 'redis-2', 'redis-3'] as const;
  const said = await Promise.all(hosts.map((host) => lab.run(host, 'redis-cli -p 26379 INFO sentinel')));
  return said.every(({ stdout }) => /status=ok.*slaves=2,sentinels=3/.test(stdout));
}

/** Looks ten times a second, for a minute. */
async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let turn = 0; turn < 600; turn += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(100);
  }
  throw new Error(`no ${what} within a minute`);
}
