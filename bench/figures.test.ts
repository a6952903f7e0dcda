import { expect, test } from 'vitest';
import { median, milliseconds } from './figures.ts';

test('a median stands in the middle, between the two middle ones of an even number', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('nothing');
});

test('figures tell the median, the worst and how often it was measured', () => {
  expect(milliseconds([1, 2, 12])).toBe('2.0 ms (worst 12, n=3)');
});
