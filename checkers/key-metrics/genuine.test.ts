import { expect, test } from 'vitest';
import { notGenuine } from './genuine.ts';
import type { ReportSeen } from './reports.ts';

/** A server that has run for so many seconds at 100 commands a second. */
const after = (seconds: number, changes: Partial<ReportSeen> = {}): ReportSeen => ({
  runId: 'abc',
  clock: 1_700_000_000 + seconds,
  uptime: seconds,
  commands: seconds * 100,
  connections: 5,
  hits: seconds * 60,
  misses: seconds * 10,
  memory: 1,
  peak: 1,
  rss: 1,
  limit: 10,
  machineMemory: 100,
  clients: 5,
  blocked: 1,
  stats: [{ name: 'get', calls: seconds * 100, usec: 1, perCall: 1 }],
  ...changes,
});

test('a report from between the beginning and now is genuine', () => {
  expect(notGenuine('a.txt', after(60), after(50), after(90))).toBeUndefined();
});

test.each([
  ['no INFO at all', { runId: null }, 'a.txt is not an INFO report'],
  ['of another server', { runId: 'xyz' }, 'a.txt is not from the Redis that runs here now'],
  ['a counter is missing', { hits: null }, 'a.txt lacks keyspace_hits'],
  ['from the future', { hits: 60_000 }, 'says keyspace_hits:60000, which this server has not reached yet'],
  ['from before', { misses: 400 }, 'says keyspace_misses:400, which was passed before you began'],
  ['another clock', { clock: 1_700_000_080 }, 'has an uptime that does not fit its server_time_usec'],
  [
    'a counter was raised',
    { commands: 7_400 },
    'its commands were called 6000 times, but total_commands_processed is 7400',
  ],
])('%s', (_what, changes, complaint) => {
  expect(notGenuine('a.txt', after(60, changes), after(50), after(90))).toContain(complaint);
});

test('after CONFIG RESETSTAT the counters of the beginning do not count', () => {
  const reset = { commands: 200, hits: 20, misses: 2, connections: 0, stats: [] };
  const live = after(90, { commands: 9_900, connections: 2 });
  expect(notGenuine('a.txt', after(60, reset), after(50), live)).toBeUndefined();
  expect(notGenuine('a.txt', after(60), after(50), live)).toContain(
    'a.txt says total_connections_received:5, and the server 2: its statistics were reset since',
  );
});
