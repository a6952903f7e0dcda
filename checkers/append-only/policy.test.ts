import { expect, test } from 'vitest';
import { bytesOf } from './evidence.ts';
import type { PersistenceSeen, Policy } from './evidence.ts';
import { brokenPolicy, differsInFile } from './policy.ts';

const seen = (live: Partial<Policy>, file: Partial<PersistenceSeen['file']> = {}): PersistenceSeen => ({
  aof: true,
  rewriting: false,
  writesOk: true,
  rewritesOk: true,
  live: {
    appendfsync: 'everysec',
    'auto-aof-rewrite-percentage': '100',
    'auto-aof-rewrite-min-size': '1048576',
    ...live,
  },
  file: {
    appendonly: 'yes',
    appendfsync: 'everysec',
    'auto-aof-rewrite-percentage': '100',
    'auto-aof-rewrite-min-size': '1mb',
    ...file,
  },
});

test('sizes are read as redis.conf writes them', () => {
  expect([bytesOf('1mb'), bytesOf('1m'), bytesOf('64MB'), bytesOf('1048576'), bytesOf('512kb')]).toEqual([
    1_048_576, 1_000_000, 67_108_864, 1_048_576, 524_288,
  ]);
  expect(bytesOf('plenty')).toBeNaN();
});

test('a stricter policy is as good as the one asked for', () => {
  const strict = { appendfsync: 'always', 'auto-aof-rewrite-percentage': '50', 'auto-aof-rewrite-min-size': '524288' };
  expect(brokenPolicy(seen({}))).toEqual([]);
  expect(brokenPolicy(seen(strict))).toEqual([]);
});

test('each part of the policy that is not kept is named with its value', () => {
  expect(
    brokenPolicy(
      seen({ appendfsync: 'no', 'auto-aof-rewrite-percentage': '0', 'auto-aof-rewrite-min-size': '67108864' }),
    ),
  ).toEqual([
    'appendfsync is no',
    'automatic rewriting is off (auto-aof-rewrite-percentage 0)',
    'nothing is rewritten below 64 MB (auto-aof-rewrite-min-size)',
  ]);
});

test('what a restart would change is named, also when the file leaves it to the default', () => {
  expect(differsInFile(seen({}))).toEqual([]);
  expect(differsInFile(seen({}, { 'auto-aof-rewrite-min-size': null }))).toEqual([
    'auto-aof-rewrite-min-size is 1048576 now, but will be 64mb after a restart',
  ]);
  expect(differsInFile(seen({ appendfsync: 'always' }))).toEqual([
    'appendfsync is always now, but will be everysec after a restart',
  ]);
});
