import { expect, test } from 'vitest';
import { turns } from './turns.ts';

test('one after the other, also after one that failed; each gets its own answer', async () => {
  const inTurn = turns();
  const seen: string[] = [];
  const first = Promise.withResolvers<void>();
  const answers = Promise.allSettled([
    inTurn(async () => {
      seen.push('first begins');
      await first.promise;
      seen.push('first fails');
      throw new Error('the engine does not answer');
    }),
    inTurn(async () => seen.push('second')),
  ]);
  first.resolve();
  expect(await answers).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 3 }]);
  expect(seen).toEqual(['first begins', 'first fails', 'second']);
});
