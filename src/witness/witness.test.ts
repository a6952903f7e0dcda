import { expect, onTestFinished, test } from 'vitest';
import { fakeLab } from '#checking/testing/fake-lab.ts';
import type { TimelineEvent } from '#shared/wire.ts';
import { startWitness } from './index.ts';

test('a lab that tells without end keeps nobody waiting: its events are bounded', () => {
  const stored: unknown[] = [];
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const { note } = startWitness({
    lab: fakeLab({ hostState: async () => 'stopped' }),
    hostEvents: { subscribe: () => undefined },
    records: {
      addEvent: (_lab, event) => ({ ...event, id: stored.push(event) }) as TimelineEvent,
      events: () => [],
    },
    onEvent: () => undefined,
    onPicture: () => undefined,
    signal: ending.signal,
  });
  for (let count = 0; count < 5_000; count += 1)
    note('message-received', undefined, 'Received: again', { channel: 'chat', subject: 'again' });
  expect(stored.length).toBeGreaterThanOrEqual(1_000);
  // Two minutes may have been touched.
  expect(stored.length).toBeLessThanOrEqual(2_000);
});
