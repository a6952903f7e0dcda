import { expect, test } from 'vitest';
import type { OfTrio, TrioHost } from '#checkers/trio/hosts.ts';
import type { ServerSeen } from '#checkers/trio/servers.ts';
import { agree } from './agree.ts';
import type { SentinelEvidence } from './evidence.ts';
import { happened } from './happened.ts';
import type { Move } from './moves.ts';
import { judgePowerCut } from './power-cut.ts';
import type { PowerCutSeen } from './power-cut.ts';
import type { ProcessSeen } from './processes.ts';
import { quorum } from './quorum.ts';
import { service } from './service.ts';
import type { WatcherSeen } from './watchers.ts';

const all = <T>(of: (host: TrioHost) => T): OfTrio<T> => ({
  'redis-1': of('redis-1'),
  'redis-2': of('redis-2'),
  'redis-3': of('redis-3'),
});

const watcher = (host: TrioHost): WatcherSeen => ({
  name: 'orders',
  master: 'redis-2',
  quorum: 2,
  replicas: 2,
  others: 2,
  epoch: 1,
  downAfter: 5000,
  failoverTimeout: 15000,
  id: `id of ${host}`,
  script: null,
  quorumCheck: 'OK 3 usable Sentinels.',
});
const runs: ProcessSeen = {
  user: 'redis',
  file: '/etc/redis/sentinel.conf',
  fileOwner: 'redis',
  writable: true,
  saved: true,
  enabled: true,
};
const server = (host: TrioHost): ServerSeen => ({
  role: host === 'redis-2' ? 'master' : 'replica',
  follows: host === 'redis-2' ? null : 'redis-2',
  linkUp: host !== 'redis-2',
  replicas: host === 'redis-2' ? 2 : 0,
  loading: false,
  runId: host,
  pid: 7,
  replid: 'new',
  replid2: 'old',
  switchedAt: 10,
  offset: 20,
  fullSyncs: 0,
});
const move: Move = {
  from: 'redis-1',
  to: 'redis-2',
  silentSince: 1_000,
  agreedDownAt: 6_000,
  promotedAt: 6_800,
  announcedAt: 7_000,
  sentinels: ['redis-2', 'redis-3'],
};
const done: SentinelEvidence = {
  before: { master: 'redis-1', epoch: 0 },
  watchers: all(watcher),
  processes: all(() => runs),
  servers: all(server),
  master: 'redis-2',
  epoch: 1,
  moves: [move],
  byHand: [],
  leaders: ['redis-2'],
  answers: {},
  kept: true,
};
const withWatcher = (host: TrioHost, change: Partial<WatcherSeen> | null): SentinelEvidence => ({
  ...done,
  watchers: { ...done.watchers, [host]: change && { ...watcher(host), ...change } },
});

test('a trio that has failed over meets every criterion', () => {
  expect([quorum, service, agree, happened].map(({ judge }) => judge(done).state)).toEqual([
    'met',
    'met',
    'met',
    'met',
  ]);
  expect(happened.judge(done).seen).toBe(
    'redis-1 went silent; 5.0 s later the Sentinels agreed that it is down, and after 6.0 s 2 of them named redis-2 (epoch 0 → 1).',
  );
});

test.each([
  [null, 'redis-3: no Sentinel answers on port 26379.'],
  [{ quorum: 1 }, 'redis-3: the quorum is 1, not 2.'],
  [{ master: '127.0.0.1' }, 'redis-3: its Sentinel watches 127.0.0.1, which is another server on every host.'],
  [{ name: 'mymaster' }, 'The Sentinels use different names for the master: orders, mymaster.'],
  [{ id: 'id of redis-1' }, 'The Sentinels on redis-1 and redis-3 carry the same id'],
  [{ master: 'redis-1', replicas: 0 }, 'redis-3: its Sentinel watches redis-1, which is a replica of redis-2.'],
  [{ others: 1 }, 'redis-3: its Sentinel knows 1 other Sentinels, not 2.'],
  [{ quorumCheck: 'NOQUORUM 1 usable Sentinels.' }, 'SENTINEL CKQUORUM on redis-3 says: NOQUORUM 1 usable Sentinels.'],
])('quorum: %j', (change, seen) => {
  const finding = quorum.judge(withWatcher('redis-3', change));
  expect(finding.state).toBe('unmet');
  expect(finding.seen).toContain(seen);
});

test.each([
  [{ user: 'root' }, 'redis-3: the Sentinel runs as root'],
  [{ writable: false, fileOwner: 'root' }, 'cannot keep its state in /etc/redis/sentinel.conf (owner root)'],
  [{ enabled: false }, 'redis-3: the Sentinel is not started with its host'],
])('service: %j', (change, seen) => {
  const processes = { ...done.processes, 'redis-3': { ...runs, ...change } };
  const finding = service.judge({ ...done, processes });
  expect(finding.state).toBe('unmet');
  expect(finding.seen).toContain(seen);
});

test.each<[string, Partial<SentinelEvidence>, string]>([
  ['nothing happened', { moves: [], epoch: 0 }, 'No Sentinel has announced a failover since you began.'],
  ['a made-up epoch', { moves: [], epoch: 7 }, 'although the configuration epoch says 7'],
  ['by hand', { moves: [], byHand: ['redis-2'] }, 'redis-2 became master by hand'],
  [
    'on request',
    { moves: [{ ...move, agreedDownAt: null }] },
    'a failover on request (SENTINEL FAILOVER) is not a failure',
  ],
  ['an invented death', { moves: [{ ...move, silentSince: null }] }, 'seen from outside it answered all the time'],
  [
    'quicker than the Sentinels',
    { moves: [{ ...move, promotedAt: 3_000 }] },
    'promoted before the Sentinels had agreed',
  ],
  ['a wiped server', { kept: false }, 'The key that was stored before you began is not on the new master.'],
  ['an old epoch', { before: { master: 'redis-1', epoch: 1 } }, 'the configuration epoch is still 1'],
])('happened: %s', (_, change, seen) => {
  const finding = happened.judge({ ...done, ...change });
  expect(finding.state).toBe('unmet');
  expect(finding.seen).toContain(seen);
});

const cut: PowerCutSeen = {
  master: 'redis-2',
  next: 'redis-3',
  waitedFor: 25_000,
  writes: { acknowledged: 40, lost: 0, longestGap: 6_123 },
  redisBack: true,
  sentinelBack: true,
  rejoined: 14_800,
};

test('the drill tells what an application met', () => {
  expect(judgePowerCut(cut)).toEqual({
    state: 'met',
    seen:
      'redis-3 took over after 6.1 s without writes; of 40 acknowledged writes none is lost; ' +
      'redis-2 was a replica again 14.8 s after its return.',
  });
});

test.each<[Partial<PowerCutSeen>, string]>([
  [{ next: null, writes: null, rejoined: null }, 'without power for 25.0 s, and nobody took over'],
  [{ writes: { acknowledged: 60, lost: 30, longestGap: 6_000 } }, '30 of 60 acknowledged writes are gone'],
  [{ sentinelBack: false }, 'the Sentinel of redis-2 did not start with the host'],
  [{ rejoined: null }, 'redis-2 is not its replica 40.0 s after its return'],
])('power cut: %j', (change, seen) => {
  const finding = judgePowerCut({ ...cut, ...change });
  expect(finding.state).toBe('unmet');
  expect(finding.seen).toContain(seen);
});

test("Debian's own entry beside the right one is named, with the command that removes it", () => {
  const watchers = all((host) => ({ ...watcher(host), strays: host === 'redis-3' ? ['mymaster'] : [] }));
  expect(quorum.judge({ ...done, watchers })).toEqual({
    state: 'unmet',
    seen: 'redis-3: its Sentinel also watches mymaster at its own address (127.0.0.1).',
    tryThis: 'Remove that entry on every host: redis-cli -p 26379 SENTINEL REMOVE mymaster.',
  });
});
