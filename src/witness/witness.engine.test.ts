import { EventEmitter, on } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareLesson } from '#checking/prepare.ts';
import { prepareSentinels } from '#lessons/sentinels.ts';
import { prepareTrio } from '#lessons/trio.ts';
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import { testDriver } from '#sandbox/testing.ts';
import { topologies } from '#sandbox/topologies.ts';
import { eventsOf } from '#shared/timeline.ts';
import type { EventOf, Kind } from '#shared/timeline.ts';
import type { PictureView, TimelineEvent } from '#shared/wire.ts';
import { shareHostEvents, startWitness } from './index.ts';
import type { Witness } from './index.ts';
import { startWriter } from './writer.ts';

const end = new AbortController();
const timeline: TimelineEvent[] = [];
const news = new EventEmitter<{ event: []; picture: [] }>();
let driver: SandboxDriver;
let lab: Lab;
let witness: Witness;
let picture: PictureView | undefined;

beforeAll(async () => {
  driver = await testDriver('witness');
  await driver.remove('G1');
  lab = await driver.create('G1', topologies.trio);
  witness = startWitness({
    lab,
    hostEvents: shareHostEvents(driver, end.signal),
    records: {
      addEvent: (_lab, event) => {
        const stored = { ...event, id: timeline.length + 1 };
        timeline.push(stored);
        return stored;
      },
      events: () => [],
    },
    onEvent: () => news.emit('event'),
    onPicture: (now) => {
      picture = now;
      news.emit('picture');
    },
    signal: end.signal,
  });
  await prepare(prepareTrio);
}, 60_000);

afterAll(async () => {
  end.abort();
  await driver.remove('G1');
}, 30_000);

const prepare = (how: typeof prepareSentinels) =>
  prepareLesson(lab, { slug: 'witness', topology: 'trio', steps: [], prepare: how }, () => undefined);

/** The first event after `since` that fits; waits for it. */
async function seen<K extends Kind>(kind: K, fits: (event: EventOf<K>) => boolean, since = 0): Promise<EventOf<K>> {
  const find = () => eventsOf(timeline.slice(since), kind).find(fits);
  const already = find();
  if (already) return already;
  for await (const _ of on(news, 'event', { signal: AbortSignal.timeout(60_000) })) {
    const event = find();
    if (event) return event;
  }
  throw new Error(`no ${kind}`);
}

test('the picture shows the trio as it is', { timeout: 30_000 }, async () => {
  const complete = () => picture?.hosts.filter(({ redis }) => redis?.linkUp).length === 2;
  if (!complete()) {
    for await (const _ of on(news, 'picture', { signal: AbortSignal.timeout(20_000) })) if (complete()) break;
  }
  expect(picture?.hosts.map(({ host, state, redis }) => [host, state, redis?.role, redis?.follows])).toEqual([
    ['redis-1', 'running', 'master', undefined],
    ['redis-2', 'running', 'replica', 'redis-1'],
    ['redis-3', 'running', 'replica', 'redis-1'],
  ]);
});

test('a service that stops and starts is another process afterwards', { timeout: 60_000 }, async () => {
  const since = timeline.length;
  const { data: before } = await seen('redis-up', ({ host }) => host === 'redis-2');
  // Who takes the goodbye out of the log at once comes too late.
  await lab.run('redis-2', "systemctl stop redis-server; sed -i '/bye bye/d' /var/log/redis/redis-server.log");
  const down = await seen('redis-down', ({ host }) => host === 'redis-2', since);
  expect(down.data.runId).toBe(before.runId);
  await lab.run('redis-2', 'systemctl start redis-server');
  const up = await seen('redis-up', ({ host }) => host === 'redis-2', since);
  expect(up.data.runId).not.toBe(before.runId);
  expect(up.at.getTime()).toBeGreaterThan(down.at.getTime());
  const ended = await seen('redis-ended', ({ host }) => host === 'redis-2', since);
  expect(ended.data).toMatchObject({ runId: before.runId, goodbye: true });
});

test('a killed process that is started again at once is noticed', { timeout: 60_000 }, async () => {
  const since = timeline.length;
  const { data: before } = await seen('redis-up', ({ host }) => host === 'redis-3');
  await lab.run('redis-3', 'kill -9 $(pgrep -x redis-server); systemctl start redis-server');
  await seen('redis-down', ({ host }) => host === 'redis-3', since);
  await seen('redis-up', ({ host }) => host === 'redis-3', since);
  const ended = await seen('redis-ended', ({ host }) => host === 'redis-3', since);
  expect(ended.data).toMatchObject({ runId: before.runId, goodbye: false });
});

test('a promotion by hand is a change of roles, and no Sentinel said anything', { timeout: 60_000 }, async () => {
  const since = timeline.length;
  await lab.run('redis-2', 'redis-cli REPLICAOF NO ONE');
  const promoted = await seen('role-changed', ({ host }) => host === 'redis-2', since);
  expect(promoted.data).toMatchObject({ from: 'replica', to: 'master' });
  await lab.run('redis-2', 'redis-cli REPLICAOF redis-1 6379');
  const back = await seen('role-changed', ({ data }) => data.to === 'replica', since);
  expect(back.data.follows).toBe('redis-1');
  expect(eventsOf(timeline, 'sentinel-event')).toEqual([]);
});

test('a failover after a power cut is told in its order, with its hosts', { timeout: 120_000 }, async () => {
  await prepare(prepareSentinels);
  await seen('service-up', ({ host, data }) => host === 'redis-3' && data.service === 'sentinel');
  const since = timeline.length;
  const writer = await startWriter(lab, end.signal);
  await lab.fault('host-down', 'redis-1');
  const moved = await seen('sentinel-event', ({ data }) => data.event === '+switch-master', since);
  const to = moved.data.to;
  expect(['redis-2', 'redis-3']).toContain(to);
  const promoted = await seen('role-changed', ({ host, data }) => host === to && data.to === 'master', since);
  const report = await writer.stop();
  await lab.mend('host-down', 'redis-1');
  await seen('role-changed', ({ host, data }) => host === 'redis-1' && data.follows === to, since);

  const agreed = await seen('sentinel-event', ({ data }) => data.event === '+odown', since);
  const died = await seen('host-died', ({ host }) => host === 'redis-1', since);
  const silent = await seen('redis-down', ({ host }) => host === 'redis-1', since);
  const times = [died.at, agreed.at, promoted.at, moved.at].map((at) => at.getTime());
  expect(Math.abs(silent.at.getTime() - died.at.getTime())).toBeLessThan(4_000);
  expect(times.slice(0, 3)).toEqual(times.slice(0, 3).toSorted((one, other) => one - other));
  expect(agreed.data.about).toBe('redis-1');
  // The power cut is seen by the writer, too: five seconds of silence at the least.
  expect(report.longestGap).toBeGreaterThan(5_000);
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.lost).toBeLessThanOrEqual(20);
});

test('others add what they know', () => {
  witness.note('fault-injected', 'redis-1', 'The power of redis-1 was cut', { fault: 'host-down' });
  expect(timeline.at(-1)).toMatchObject({ kind: 'fault-injected', host: 'redis-1', data: { fault: 'host-down' } });
});
