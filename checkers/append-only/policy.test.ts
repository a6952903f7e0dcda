import { expect, test } from 'vitest';
import type { PersistenceSeen, Policy } from './evidence.ts';
import { brokenPolicy, differsInFile } from './policy.ts';

const seen = (live: Partial<Policy>, file: Partial<PersistenceSeen['file']> = {}): PersistenceSeen => ({
  aof: true,
  rewriting: false,
  writesOk: true,
  rewritesOk: true,
  live: {
    appendfsync: 'everysec',
    'no-appendfsync-on-rewrite': 'no',
    'auto-aof-rewrite-percentage': '100',
    'auto-aof-rewrite-min-size': '1048576',
    ...live,
  },
  file: {
    appendonly: 'yes',
    appendfsync: 'everysec',
    'no-appendfsync-on-rewrite': 'no',
    'auto-aof-rewrite-percentage': '100',
    'auto-aof-rewrite-min-size': '1mb',
    ...file,
  },
});

test('a stricter policy is as good as the one asked for', () => {
  const strict = { appendfsync: 'always', 'auto-aof-rewrite-percentage': '50', 'auto-aof-rewrite-min-size': '524288' };
  expect(brokenPolicy(seen({}))).toEqual([]);
  expect(brokenPolicy(seen(strict))).toEqual([]);
});

test('each part of the policy that is not kept is named with its value', () => {
  expect(
    brokenPolicy(
      seen({
        appendfsync: 'no',
        'no-appendfsync-on-rewrite': 'yes',
        'auto-aof-rewrite-percentage': '0',
        'auto-aof-rewrite-min-size': '67108864',
      }),
    ),
  ).toEqual([
    'appendfsync is no',
    'nothing is synced while the file is rewritten (no-appendfsync-on-rewrite yes)',
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
