import { expect, test } from 'vitest';
import { failoversIn, notOnDuty } from './sentinels.ts';

const log = `
57:X 28 Nov 2026 17:00:01.001 # +try-failover master mymaster 10.0.0.2 6379
57:X 28 Nov 2026 17:10:05.120 # +sdown master mymaster 10.0.0.2 6379
57:X 28 Nov 2026 17:10:06.340 # +try-failover master mymaster 10.0.0.2 6379
57:X 28 Nov 2026 17:10:08.001 # +switch-master mymaster 10.0.0.2 6379 10.0.0.3 6379
`;

test('a Sentinel’s log tells of failovers since the step began, and of nothing before', () => {
  expect(failoversIn(log, new Date('2026-11-28T17:05:00Z'))).toEqual(['+try-failover', '+switch-master']);
  expect(failoversIn(log, new Date('2026-11-28T17:15:00Z'))).toEqual([]);
});

const onDuty = {
  name: 'mymaster',
  master: 'redis-2',
  quorum: 2,
  replicas: 2,
  others: 2,
  epoch: 0,
  downAfter: 5_000,
  failoverTimeout: 15_000,
  id: 'a',
  script: null,
  quorumCheck: 'OK 3 usable Sentinels. Quorum and failover authorization can be reached',
};

test('each Sentinel that is not on duty for the new master is named with its reason', () => {
  const watchers = { 'redis-1': null, 'redis-2': { ...onDuty, master: 'redis-1' }, 'redis-3': onDuty };
  expect(notOnDuty(watchers, 'redis-2')).toEqual([
    'redis-1: no Sentinel answers, or it watches nothing',
    'redis-2: its Sentinel still watches redis-1',
  ]);
  expect(notOnDuty({ 'redis-1': onDuty, 'redis-2': onDuty, 'redis-3': onDuty }, 'redis-2')).toEqual([]);
});

test('a group that was watched anew has lost its own settings', () => {
  const reset = { ...onDuty, downAfter: 30_000 };
  expect(notOnDuty({ 'redis-1': reset, 'redis-2': onDuty, 'redis-3': onDuty }, 'redis-2')).toEqual([
    'redis-1: down-after-milliseconds is back at 30000',
  ]);
});
