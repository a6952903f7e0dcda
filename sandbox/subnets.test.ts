import { expect, test } from 'vitest';
import { parseRange, randomFree, toText } from './subnets.ts';

test('a range starts at its network address, however it was written', () => {
  const range = parseRange('10.213.7.9/16');
  expect(toText(range.start)).toBe('10.213.0.0');
  expect(range.size).toBe(65_536);
});

test.each(['10.213.0.0', '10.213.0.0/30', '10.300.0.0/16', 'ten'])(
  '%s is refused with a word on what to write',
  (text) => {
    expect(() => parseRange(text)).toThrow(/10\.213\.0\.0\/16|between/);
  },
);

test('every /28 of a range is given out once, and then none', () => {
  const range = parseRange('10.213.0.0/24');
  const given: number[] = [];
  for (let next = randomFree(range, given); next !== undefined; next = randomFree(range, given)) given.push(next);
  expect(new Set(given.map(toText)).size).toBe(16);
  expect(given.every((start) => start % 16 === 0)).toBe(true);
});
