import { describe, expect, test } from 'vitest';
import { seconds } from './durations.ts';
import { readOutput } from './rule-tests.ts';
import type { RuleSeen } from './rules.ts';
import { seriesOf, type Scenario } from './scenarios.ts';

test.each([
  ['5s', 5],
  ['1m30s', 90],
  ['250ms', 0.25],
  ['1h', 3_600],
  ['', undefined],
  ['soon', undefined],
])('%j is %s seconds', (text, expected) => expect(seconds(text)).toBe(expected));

const master = { instance: 'redis://redis-1:6379', job: 'redis' };
const live = [
  { labels: { __name__: 'redis_memory_used_bytes', ...master }, value: 1_000_000 },
  { labels: { __name__: 'redis_memory_max_bytes', ...master }, value: 100_000_000 },
  { labels: { __name__: 'redis_commands_processed_total', ...master }, value: 12 },
  { labels: { __name__: 'redis_connected_slave_lag_seconds', ...master, slave_ip: '10.0.0.3' }, value: 1 },
  { labels: { __name__: 'redis_connected_slaves', ...master }, value: 2 },
  { labels: { __name__: 'up', ...master }, value: 1 },
];
const valuesIn = (scenario: Scenario) =>
  Object.fromEntries(seriesOf(scenario, live).map(({ series, values }) => [series.replace(/\{.*/, ''), values]));

test('series keep the labels that the learner gave them', () => {
  expect(seriesOf('well', live)[3]?.series).toBe(
    'redis_connected_slave_lag_seconds{instance="redis://redis-1:6379",job="redis",slave_ip="10.0.0.3"}',
  );
});

test('while all is well a server uses 60 % of its own limit', () => {
  expect(valuesIn('well')).toEqual({
    redis_memory_used_bytes: '60000000x120',
    redis_memory_max_bytes: '100000000x120',
    redis_commands_processed_total: '1000000000+25x120',
    redis_connected_slave_lag_seconds: '0x120',
    redis_connected_slaves: '2x120',
    up: '1x120',
  });
});

test.each([
  ['memory-high', { redis_memory_used_bytes: '90000000x120' }],
  ['no-limit', { redis_memory_max_bytes: '0x120' }],
  ['busy', { redis_commands_processed_total: '1000000000+5000000x120' }],
  ['lagging', { redis_connected_slave_lag_seconds: '900x120', redis_connected_slaves: '2x120' }],
  ['link-down', { redis_connected_slaves: '0x120' }],
] as const)('%s changes only what it is about', (scenario, changes) => {
  const { redis_connected_slave_lag_seconds: lag, ...rest } = valuesIn('well');
  const expected = scenario === 'link-down' ? rest : { ...rest, redis_connected_slave_lag_seconds: lag };
  expect(valuesIn(scenario)).toEqual({ ...expected, ...changes });
});

describe('a scenario about one server', () => {
  const replica = { instance: 'redis-3', job: 'redis' };
  const servers = [
    { host: 'redis-1', replica: false, target: master, addresses: ['10.0.0.1'] },
    { host: 'redis-3', replica: true, target: replica, addresses: ['10.0.0.3'] },
  ];
  const both = [
    ...live,
    { labels: { __name__: 'redis_memory_used_bytes', ...replica }, value: 1 },
    { labels: { __name__: 'redis_master_link_up', ...replica }, value: 1 },
    { labels: { __name__: 'up', ...replica }, value: 1 },
  ];
  const seriesIn = (scenario: Scenario) =>
    Object.fromEntries(
      seriesOf(scenario, both, servers).map(({ series, values }) => [
        series.replace(/\{.*instance="([^"]*)".*/, '@$1').replace('redis://', ''),
        values.replace(/x120$/, ''),
      ]),
    );

  test('leaves the others well', () => {
    const well = seriesIn('well');
    expect(seriesIn('memory-high@redis-3')).toEqual({
      ...well,
      'redis_memory_used_bytes@redis-3': String(Math.round(0.9 * 64 * 1024 * 1024)),
    });
  });

  test('its master tells of a replica whose link is down, or which is frozen', () => {
    const linkDown = seriesIn('link-down@redis-3');
    expect(linkDown).toMatchObject({ 'redis_connected_slaves@redis-1:6379': '1', 'redis_master_link_up@redis-3': '0' });
    expect(Object.keys(linkDown)).not.toContain('redis_connected_slave_lag_seconds@redis-1:6379');
    const frozen = seriesIn('frozen@redis-3');
    expect(frozen['redis_connected_slave_lag_seconds@redis-1:6379']).toBe('900');
    expect(Object.keys(frozen)).not.toContain('redis_master_link_up@redis-3');
  });
});

const alert = (name: string): RuleSeen => ({
  name,
  query: '',
  wait: 5,
  every: 5,
  state: 'inactive',
  error: '',
  evaluated: true,
  instances: [],
});
const rules = { alerts: [alert('High'), alert('Busy')], records: [] };
const report = (scenario: string, place: number) => `
    expr: "(count(ALERTS{scenario!=\\"${scenario}\\",alertname=\\"alert${place}\\",alertstate=\\"firing\\"}) > bool 0) or vector(0)", time: 9m,
        exp: {} 0E+00
        got: {} 1E+00`;

test("promtool's report says which alert fires in which scenario", () => {
  const output = `Unit Testing:  tests.yml\n  FAILED:${report('memory-high', 0)}${report('busy', 1)}\n`;
  expect(readOutput(output, rules, ['well', 'memory-high', 'busy'], false)).toEqual({
    firing: { well: [], 'memory-high': ['High'], busy: ['Busy'] },
    failed: null,
  });
  expect(readOutput('Unit Testing:  tests.yml\n  SUCCESS\n', rules, ['well'], false).firing).toEqual({ well: [] });
});

test.each([
  ['  FAILED:\n    rule: x, time: 5s, err: duplicate sample', false, 'duplicate sample'],
  ['bash: promtool: command not found', false, 'command not found'],
  ['', true, 'longer than 30 s'],
])('what promtool cannot do is said', (output, timedOut, failed) => {
  expect(readOutput(output, rules, ['well'], timedOut).failed).toContain(failed);
});
