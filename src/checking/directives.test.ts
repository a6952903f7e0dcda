import { expect, test } from 'vitest';
import { bytesOf, directives, lastDirective } from './directives.ts';

test('reads a configuration as Redis does', () => {
  const text = ['# bind 10.0.0.1', 'Bind 127.0.0.1 -::1', '  requirepass "with \\"quotes\\" in"', "save ''", ''].join(
    '\n',
  );
  expect(directives(text)).toEqual([
    { name: 'bind', values: ['127.0.0.1', '-::1'] },
    { name: 'requirepass', values: ['with "quotes" in'] },
    { name: 'save', values: [''] },
  ]);
});

test('the last line counts, whichever of its names it has', () => {
  expect(lastDirective('replicaof a 1\nslaveof b 2\n', 'replicaof', 'slaveof')).toEqual(['b', '2']);
  expect(lastDirective('port 1\n', 'replicaof')).toBeUndefined();
});

test('sizes are read as redis.conf writes them', () => {
  expect([bytesOf('1mb'), bytesOf('1m'), bytesOf('64MB'), bytesOf('1048576'), bytesOf('512kb')]).toEqual([
    1_048_576, 1_000_000, 67_108_864, 1_048_576, 524_288,
  ]);
  expect(bytesOf('plenty')).toBeNaN();
});
