import { expect, test } from 'vitest';
import { judgeCrash } from './crash.ts';

const seen = {
  master: 'redis-1',
  refused: null,
  notLogged: [],
  snapshotHadIt: false,
  loaded: 'append-only file',
  notBack: [],
  lastWords: '',
  lost: [],
} as const;

test('where snapshots are taken all the time, the log tells which file was read', () => {
  expect(judgeCrash(seen).state).toBe('met');
  expect(judgeCrash({ ...seen, snapshotHadIt: true }).state).toBe('met');
  expect(judgeCrash({ ...seen, snapshotHadIt: true, loaded: 'snapshot' }).state).toBe('unmet');
});

test('a server that did not come back is quoted', () => {
  expect(
    judgeCrash({ ...seen, notBack: ['redis-1'], lost: ['redis-1'], lastWords: ">>> 'apendfsync everysec'" }).seen,
  ).toBe("redis-1 did not come back within 40 s (the log of redis-1 ends: >>> 'apendfsync everysec').");
});
