import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from './lock.mjs';

test('runs come one after the other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-'));
  const order: string[] = [];
  const run = (name: string) =>
    withLock(folder, async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} ends`);
    });
  await Promise.all([run('one'), run('two')]);
  expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
});

test('the lock of a run that was killed is taken over, and a failure gives it back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-'));
  const dead = spawnSync(process.execPath, ['--eval', '']).pid;
  writeFileSync(join(folder, 'lock'), String(dead));
  await expect(withLock(folder, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});
