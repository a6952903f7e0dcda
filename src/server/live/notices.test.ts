import { expect, test } from 'vitest';
import type { Notice } from '#shared/wire.ts';
import { keptNotices } from './notices.ts';

const says = (text: string): Notice => ({ type: 'notice', from: 'instructor', by: 'Ada', text });

test('a page that comes later gets what was said, oldest first, each under an id of its own', () => {
  const notices = keptNotices();
  notices.keep('kim', says('Break at ten'));
  notices.keep('kim', says('Go on'));
  const kept = notices.of('kim');
  expect(kept.map(({ text }) => text)).toEqual(['Break at ten', 'Go on']);
  expect(new Set(kept.map(({ id }) => id)).size).toBe(2);
  expect(notices.of('lee')).toEqual([]);
});

test('only the last ones are kept, and none beyond the day’s class', () => {
  let now = 0;
  const notices = keptNotices(() => now);
  for (let n = 1; n <= 7; n += 1) notices.keep('kim', says(`${n}`));
  expect(notices.of('kim').map(({ text }) => text)).toEqual(['3', '4', '5', '6', '7']);
  now = 8 * 60 * 60_000;
  expect(notices.of('kim')).toEqual([]);
});

test('nothing is kept of a learner who was erased', () => {
  const notices = keptNotices();
  notices.keep('kim', says('Hello'));
  notices.forget('kim');
  expect(notices.of('kim')).toEqual([]);
});
