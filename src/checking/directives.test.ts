import { expect, test } from 'vitest';
import { directives, lastDirective } from './directives.ts';

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
