import { expect, test } from 'vitest';
import * as quiz from './questions.ts';
import type { ReportSeen } from './reports.ts';

const MB = 1024 * 1024;
const first: ReportSeen = {
  runId: 'abc',
  clock: 1_000,
  uptime: 100,
  commands: 10_000,
  connections: 20,
  hits: 6_000,
  misses: 2_000,
  memory: 20 * MB,
  peak: 25 * MB,
  rss: 40 * MB,
  limit: 100 * MB,
  machineMemory: 1_000 * MB,
  clients: 12,
  blocked: 3,
  stats: [
    { name: 'hget', calls: 7_000, usec: 7_000, perCall: 1 },
    { name: 'get', calls: 2_000, usec: 90_000, perCall: 45 },
    { name: 'lrange', calls: 60, usec: 60_000, perCall: 1_000 },
    { name: 'info', calls: 9_000, usec: 9_000_000, perCall: 5_000 },
  ],
};
const second = {
  ...first,
  clock: 1_020,
  commands: 14_000,
  hits: 9_000,
  misses: 3_000,
  memory: 20 * MB + 20 * 15 * 1024,
};
const from = { first, second, live: second };

test.each([
  [quiz.busiest, ' HGET ', 'called most often'],
  [quiz.slowest, 'cmdstat_lrange', 'most time per call'],
  [quiz.blocked, '3', '3 clients wait'],
  [quiz.memoryShare, '20,3 %', 'is right'],
  [quiz.operations, '198.5', 'is right'],
  [quiz.hitRate, '75', 'of the look-ups hit'],
  [quiz.growth, '15', 'is right'],
] as const)('%o is right', (judge, given, seen) => {
  expect(judge(given, from)).toMatchObject({ state: 'met' });
  expect(judge(given, from).seen).toContain(seen);
});

test.each([
  [quiz.busiest, 'lrange', 'is slow, but it is rarely called'],
  [quiz.busiest, 'info', 'is not the command with the most calls'],
  [quiz.slowest, 'hget', 'each call is cheap'],
  [quiz.slowest, 'get', 'in total, not per call'],
  [quiz.blocked, '12', 'is connected_clients'],
  [quiz.memoryShare, '0.203', 'is the right share, but not in percent'],
  [quiz.hitRate, '.75', 'not in percent'],
  [quiz.memoryShare, '2', "the machine's memory"],
  [quiz.memoryShare, '40', 'used_memory_rss'],
  [quiz.memoryShare, '81', 'the highest use so far'],
  [quiz.operations, '14000', 'is the counter itself'],
  [quiz.operations, 'many', 'is not the rate'],
  [quiz.hitRate, '25', 'the share that missed'],
  [quiz.growth, '0', 'did grow'],
  [quiz.growth, '15360', 'in bytes'],
] as const)('%o of "%s" says what is wrong', (judge, given, seen) => {
  expect(judge(given, from)).toMatchObject({ state: 'unmet' });
  expect(judge(given, from).seen).toContain(seen);
});
