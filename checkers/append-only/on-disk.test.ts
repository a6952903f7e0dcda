import { expect, test } from 'vitest';
import { judgeOnDisk } from './on-disk.ts';

const path = '/srv/redis/appendonlydir/appendonly.aof.1.incr.aof';
const seen = { host: 'redis-1' as const, refused: null, path, kind: 'overlayfs' };

test('what is found on a disk is on disk', () => {
  expect(judgeOnDisk(seen)).toMatchObject({ state: 'met', seen: `Found in ${path} on redis-1.` });
});

test.each([
  [{ kind: 'tmpfs' }, 'that is no disk: a tmpfs is memory'],
  [{ path: null }, 'in none of its append-only files'],
  [{ refused: 'READONLY You can’t write' }, 'does not take writes: READONLY'],
])('%o is not', (changes, said) => {
  const finding = judgeOnDisk({ ...seen, ...changes });
  expect(finding.state).toBe('unmet');
  expect(finding.seen).toContain(said);
});
