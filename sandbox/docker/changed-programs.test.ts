import { expect, test } from 'vitest';
import { chosen } from './changed-programs.ts';

test.each([
  [0, '/usr/bin/promtool', true],
  [2, '/usr/sbin/nologin', true],
  [0, '/usr/local/bin/systemctl', true],
  [0, '/usr/local/lib/lab/units.sh', true],
  [1, '/usr/bin/systemctl', true],
  [1, '/etc/ld.so.preload', true],
  // A package or a script that is new, a folder that has something new in it, and everything that is configuration.
  [1, '/usr/bin/redis-server', false],
  [1, '/usr/local/bin/notify', false],
  [0, '/usr/bin', false],
  [0, '/usr/local/bin', false],
  [0, '/etc/redis/redis.conf', false],
] as const)('kind %i of %s: %s', (Kind, Path, counts) => {
  expect(chosen([{ Path, Kind }])).toEqual(counts ? [Path] : []);
});
