import { expect, test } from 'vitest';
import { afterCrashes, livesIn } from './lives.ts';

/** As Redis 8.0.2 wrote it: a clean stop, a start from the snapshot, a kill while a child rewrites, a start from the AOF. */
const log = `
14:C 28 Nov 2026 17:00:00.100 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
14:M 28 Nov 2026 17:00:00.110 * Ready to accept connections tcp
14:signal-handler (1795885202) Received SIGTERM scheduling shutdown...
14:M 28 Nov 2026 17:00:02.200 * User requested shutdown...
14:M 28 Nov 2026 17:00:02.210 # Redis is now ready to exit, bye bye...
31:C 28 Nov 2026 17:00:05.000 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
31:M 28 Nov 2026 17:00:05.020 * DB loaded from disk: 0.001 seconds
40:C 28 Nov 2026 17:00:06.000 * Successfully created the temporary AOF base file temp-rewriteaof-bg-40.aof
52:C 28 Nov 2026 17:00:09.000 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
52:M 28 Nov 2026 17:00:09.030 * DB loaded from base file appendonly.aof.1.base.rdb: 0.001 seconds
52:M 28 Nov 2026 17:00:09.040 * DB loaded from append only file: 0.002 seconds
`;

test('tells how each life of a server began and whether it said goodbye', () => {
  expect(livesIn(log).map(({ pid, loaded, saidGoodbye }) => [pid, loaded, saidGoodbye])).toEqual([
    [14, 'nothing', true],
    [31, 'snapshot', false],
    [52, 'append-only file', false],
  ]);
});

test('finds the lives that follow a crash, and none that began before the step', () => {
  const lives = livesIn(log);
  expect(afterCrashes(lives, Date.parse('2026-11-28T17:00:00Z')).map(({ pid }) => pid)).toEqual([52]);
  expect(afterCrashes(lives, Date.parse('2026-11-28T17:00:10Z'))).toEqual([]);
});

test('a goodbye that was taken out of the log is remembered by the witness', () => {
  const lives = livesIn(log.replace(/^.*bye bye.*$/m, ''));
  expect(afterCrashes(lives, 0).map(({ pid }) => pid)).toEqual([31, 52]);
  const ends = [
    { pid: 14, goodbye: true },
    { pid: 31, goodbye: false },
  ];
  expect(afterCrashes(lives, 0, ends).map(({ pid }) => pid)).toEqual([52]);
});

test('an end of which the witness heard nothing is no crash, whatever the log says afterwards', () => {
  const lives = livesIn(log);
  expect(afterCrashes(lives, 0, [{ pid: 14, goodbye: true }])).toEqual([]);
  expect(afterCrashes(lives, 0, [], true)).toEqual([]);
  expect(afterCrashes(lives, 0, [], false).map(({ pid }) => pid)).toEqual([52]);
});

test('a crash is one, too, when the log was emptied after it', () => {
  const lives = livesIn(log.slice(log.indexOf('52:C')));
  expect(afterCrashes(lives, 0)).toEqual([]);
  expect(afterCrashes(lives, 0, [{ pid: 31, goodbye: false }]).map(({ pid }) => pid)).toEqual([52]);
});

test('reads nothing from an empty log', () => {
  expect(livesIn('')).toEqual([]);
});
