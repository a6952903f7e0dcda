import { expect, test } from 'vitest';
import type { TimelineEvent } from '#shared/wire.ts';
import { togetherFor } from './two-masters.ts';

const event = (seconds: number, kind: string, host: string, data: TimelineEvent['data']): TimelineEvent => ({
  id: seconds,
  at: new Date(seconds * 1_000).toISOString(),
  kind,
  host,
  text: '',
  data,
});
const up = (seconds: number, host: string, role: string) => event(seconds, 'redis-up', host, { role });
const down = (seconds: number, host: string) => event(seconds, 'redis-down', host, { role: 'master' });
const turned = (seconds: number, host: string, to: string) => event(seconds, 'role-changed', host, { to });

test.each<[string, readonly TimelineEvent[], number]>([
  ['stopped, then promoted', [down(10, 'redis-1'), turned(12, 'redis-2', 'master'), up(30, 'redis-1', 'replica')], 0],
  ['promoted by its file', [down(10, 'redis-1'), down(11, 'redis-2'), up(12, 'redis-2', 'master')], 0],
  ['promoted while the other went on', [turned(12, 'redis-2', 'master'), down(20, 'redis-1')], 8_000],
  ['handed over (FAILOVER)', [turned(12, 'redis-2', 'master'), turned(12.2, 'redis-1', 'replica')], 200],
  ['and the old one never left', [turned(12, 'redis-2', 'master')], 88_000],
  [
    'too early, taken back, and then in order',
    [
      turned(5, 'redis-2', 'master'),
      turned(9, 'redis-2', 'replica'),
      down(10, 'redis-1'),
      turned(12, 'redis-2', 'master'),
    ],
    0,
  ],
  ['promoted by nobody', [down(10, 'redis-1')], 0],
])('%s', (_name, timeline, milliseconds) => {
  expect(togetherFor(timeline, 'redis-1', 'redis-2', 100_000)).toBe(milliseconds);
});
