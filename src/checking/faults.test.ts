import { expect, test } from 'vitest';
import type { Lab } from '#sandbox/driver.ts';
import { Faults } from './faults.ts';
import type { OpenProbe } from './probe-lab.ts';

test('after a drill every fault is mended and every undo is done, last first, even after one that fails', async () => {
  const done: string[] = [];
  const lab = {
    fault: async (kind: string, host: string) => void done.push(`${kind} ${host}`),
    mend: async (kind: string, host: string) => void done.push(`mend ${kind} ${host}`),
  } as unknown as Lab;
  const faults = new Faults(lab, () => ({ probe: {}, close: () => done.push('close') }) as unknown as OpenProbe);

  faults.undoAfter(async () => done.push('undo 1'));
  faults.undoAfter(async () => Promise.reject(new Error('cannot be undone')));
  faults.undoAfter(async () => done.push('undo 3'));
  await faults.fault('host-down', 'redis-1');
  await faults.mendAll();
  await faults.mendAll();

  expect(done).toEqual(['host-down redis-1', 'mend host-down redis-1', 'undo 3', 'undo 1', 'close']);
});
