import { expect, onTestFinished, test } from 'vitest';
import { fakeLab } from '#checking/testing/fake-lab.ts';
import type { TimelineEvent } from '#shared/wire.ts';
import { startWitness } from './index.ts';

/** The witness of a lab whose hosts are all down. */
function witness(addEvent: (event: unknown) => number, onTrouble?: (error: unknown) => void) {
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  return startWitness({
    lab: fakeLab({ hostState: async () => 'stopped' }),
    hostEvents: { subscribe: () => undefined },
    records: { addEvent: (_lab, event) => ({ ...event, id: addEvent(event) }) as TimelineEvent, events: () => [] },
    onEvent: () => undefined,
    onPicture: () => undefined,
    ...(onTrouble && { onTrouble }),
    signal: ending.signal,
  });
}

const received = { channel: 'chat', subject: 'again' } as const;

test('an event that cannot be stored is told as trouble, and stops nobody who tells it', () => {
  const troubles: unknown[] = [];
  const full = new Error('database or disk is full');
  const { note } = witness(() => {
    throw full;
  }, troubles.push.bind(troubles));
  note('message-received', undefined, 'Received: again', received);
  expect(troubles).toEqual([full]);
});

test('a lab that tells without end keeps nobody waiting: its events are bounded', () => {
  const stored: unknown[] = [];
  const { note } = witness((event) => stored.push(event));
  for (let count = 0; count < 5_000; count += 1) note('message-received', undefined, 'Received: again', received);
  expect(stored.length).toBeGreaterThanOrEqual(1_000);
  // Two minutes may have been touched.
  expect(stored.length).toBeLessThanOrEqual(2_000);
});
