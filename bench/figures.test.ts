import { afterEach, expect, test, vi } from 'vitest';
import { bounded, median, milliseconds } from './figures.ts';

afterEach(() => vi.useRealTimers());

test('a median stands in the middle, between the two middle ones of an even number', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('nothing');
});

test('figures tell the median, the worst and how often it was measured', () => {
  expect(milliseconds([1, 2, 12])).toBe('2.0 ms (worst 12, n=3)');
});

test('a part that hangs is given up and told to stop, and one that fails says why: the others go on', async () => {
  vi.useFakeTimers();
  let told: AbortSignal | undefined;
  const hanging = bounded('a step', 2, (signal) => {
    told = signal;
    return new Promise(() => undefined);
  });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(await hanging).toEqual({ what: 'a step', figure: 'no figure', beside: 'given up after 2 min' });
  expect(told?.aborted).toBe(true);
  const failing = bounded('a step', 2, () => Promise.reject(new Error('no engine')));
  expect(await failing).toMatchObject({ figure: 'no figure', beside: 'no engine' });
  expect(vi.getTimerCount()).toBe(0);
});
