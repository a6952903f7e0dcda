import { expect, test } from 'vitest';
import type { PrometheusSeen, TargetSeen } from '#checkers/prometheus/server.ts';
import type { MonitoringEvidence, ServerSeries } from './evidence.ts';
import { judgeSamples, judgeTargets } from './judge.ts';

const target = (change: Partial<TargetSeen>): TargetSeen => ({
  job: 'redis',
  instance: 'localhost:9121',
  url: 'http://localhost:9121/metrics',
  health: 'up',
  error: '',
  every: 5,
  ...change,
});

function evidence(
  targets: readonly TargetSeen[],
  { stale = false, jobs = [], answer }: { stale?: boolean; jobs?: readonly string[]; answer?: string } = {},
): MonitoringEvidence {
  const prometheus: PrometheusSeen = { up: true, loaded: true, fault: null, stale, age: 60, targets };
  const server = (n: number): ServerSeries => ({
    role: n === 0 ? 'master' : 'replica',
    target: jobs[n] === undefined ? null : { job: jobs[n], instance: 'localhost:9121' },
    up: 1,
    redisUp: 1,
    load: 1,
    memory: 1,
    linkUp: 1,
    replicas: 2,
  });
  return {
    prometheus,
    servers: { 'redis-1': server(0), 'redis-2': server(1), 'redis-3': server(2) },
    grafana: { installed: false, up: false, sources: [], panels: [] },
    answers: answer === undefined ? {} : { samples: answer },
  };
}

test.each([
  ['a file that was not read again', [target({})], true, 'sudo systemctl reload prometheus'],
  [
    'an exporter that does not run',
    [target({ error: 'dial tcp 127.0.0.1:9121: connect: connection refused' })],
    false,
    'Does an exporter run there',
  ],
  [
    'an exporter that was not told which Redis',
    [target({ url: 'http://localhost:9121/scrape', error: 'server returned HTTP status 400 Bad Request' })],
    false,
    'must copy __address__ to __param_target',
  ],
])('no series because of %s', (_, targets, stale, hint) => {
  const finding = judgeTargets(evidence(targets, { stale }));
  expect(finding.seen).toBe('Prometheus has no live series from redis-1, redis-2, redis-3.');
  expect(finding).toHaveProperty('tryThis', expect.stringContaining(hint));
});

test('series that a rule writes for servers that nobody scrapes are no targets', () => {
  const jobs = ['one', 'two', 'three'];
  const all = jobs.map((job) => target({ job }));
  expect(judgeTargets(evidence(all.slice(0, 1), { jobs })).seen).toBe(
    'Prometheus has series of redis-2, redis-3, and scrapes no target of that name.',
  );
  expect(judgeTargets(evidence(all, { jobs })).state).toBe('met');
});

test('samples are counted of the three servers, not of the exporter beside them', () => {
  const jobs = ['one', 'two', 'three'];
  const targets = ['exporter', ...jobs].map((job) => target({ job }));
  expect(judgeSamples(evidence(targets, { jobs, answer: '2,160' })).state).toBe('met');
  expect(judgeSamples(evidence(targets, { jobs, answer: '2880' })).state).toBe('unmet');
});
