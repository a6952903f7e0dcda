import { expect, test } from 'vitest';
import type { EventData, Kind } from '#shared/timeline.ts';
import type { TimelineEvent } from '#shared/wire.ts';
import { movesIn, promotedByHand } from './moves.ts';

const start = Date.UTC(2026, 0, 1);

/** An event so many seconds after the start. */
function event<K extends Kind>(seconds: number, kind: K, host: string, data: EventData[K]): TimelineEvent {
  return { id: seconds * 10, at: new Date(start + seconds * 1000).toISOString(), kind, host, text: kind, data };
}
const said = (seconds: number, host: string, what: string, about: string, to: string | null = null) =>
  event(seconds, 'sentinel-event', host, { event: what, master: 'mymaster', about, to, detail: '' });
const silent = (seconds: number, host: string) => event(seconds, 'redis-down', host, { runId: 'a', role: 'master' });
const answers = (seconds: number, host: string) =>
  event(seconds, 'redis-up', host, { runId: 'b', role: 'master', keys: 1, aof: false });
const promoted = (seconds: number, host: string) =>
  event(seconds, 'role-changed', host, { runId: 'c', from: 'replica', to: 'master', follows: null });
const seconds = (time: number | null | undefined) => (time == null ? time : (time - start) / 1000);

test('a failure that the Sentinels noticed and that was seen from outside', () => {
  const [move] = movesIn([
    silent(1, 'redis-1'),
    said(6, 'redis-2', '+sdown', 'redis-1'),
    said(6.2, 'redis-2', '+odown', 'redis-1'),
    promoted(7, 'redis-3'),
    said(7.5, 'redis-2', '+switch-master', 'redis-1', 'redis-3'),
    said(8, 'redis-3', '+switch-master', 'redis-1', 'redis-3'),
    answers(9, 'redis-1'),
  ]);
  expect(move).toMatchObject({ from: 'redis-1', to: 'redis-3', sentinels: ['redis-2', 'redis-3'] });
  expect([seconds(move?.silentSince), seconds(move?.agreedDownAt), seconds(move?.promotedAt)]).toEqual([1, 6.2, 7]);
});

test('a failover on request: nobody called the master down', () => {
  const [move] = movesIn([promoted(7, 'redis-3'), said(7.5, 'redis-2', '+switch-master', 'redis-1', 'redis-3')]);
  expect(move).toMatchObject({ agreedDownAt: null, silentSince: null });
});

test('a verdict that was taken back does not count', () => {
  const [move] = movesIn([
    silent(1, 'redis-1'),
    said(6, 'redis-2', '+odown', 'redis-1'),
    said(7, 'redis-2', '-odown', 'redis-1'),
    answers(7, 'redis-1'),
    said(20, 'redis-2', '+switch-master', 'redis-1', 'redis-3'),
  ]);
  expect(move).toMatchObject({ agreedDownAt: null, silentSince: null });
});

test('a server that answered all the time was not down, whatever the Sentinels say', () => {
  const [move] = movesIn([
    said(6, 'redis-2', '+odown', 'redis-1'),
    said(7, 'redis-2', '+switch-master', 'redis-1', 'redis-3'),
  ]);
  expect(move?.silentSince).toBeNull();
});

test('two failures are two moves', () => {
  const timeline = [
    silent(1, 'redis-1'),
    said(6, 'redis-2', '+odown', 'redis-1'),
    said(7, 'redis-2', '+switch-master', 'redis-1', 'redis-3'),
    answers(40, 'redis-1'),
    silent(60, 'redis-3'),
    said(65, 'redis-2', '+odown', 'redis-3'),
    said(66, 'redis-2', '+switch-master', 'redis-3', 'redis-1'),
  ];
  expect(movesIn(timeline).map(({ from, to, silentSince }) => [from, to, seconds(silentSince)])).toEqual([
    ['redis-1', 'redis-3', 1],
    ['redis-3', 'redis-1', 60],
  ]);
});

test('a master that no Sentinel announced was made by hand', () => {
  expect(promotedByHand([silent(1, 'redis-1'), promoted(5, 'redis-2')])).toEqual(['redis-2']);
});
