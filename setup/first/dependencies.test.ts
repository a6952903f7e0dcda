import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installed, troubleOf } from './dependencies.mjs';

const lock = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/only-on-mac': { version: '1.0.0', optional: true },
};

function project(record?: Record<string, { version: string }>): string {
  const root = mkdtempSync(join(tmpdir(), 'clinic-'));
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: lock }));
  if (record) writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: record }));
  return root;
}

test('a fresh clone has nothing installed', () => {
  expect(installed(project())).toBe(false);
});

test('what the lock file names is there; packages of other platforms are not missed', () => {
  expect(installed(project({ 'node_modules/zod': { version: '4.6.7' } }))).toBe(true);
});

test('a lock file that names another version or another package asks for an installation', () => {
  expect(installed(project({ 'node_modules/zod': { version: '4.6.6' } }))).toBe(false);
  expect(installed(project({}))).toBe(false);
});

test('a full disk is told although npm ends with 0, as it does when files could not be written', () => {
  const output = 'npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write\n\nadded 393 packages in 57s\n';
  expect(troubleOf(0, output)).toMatch(/^The disk is full/);
  expect(troubleOf(0, 'added 393 packages in 21s\n')).toBeUndefined();
  expect(troubleOf(1, 'npm error code EAI_AGAIN registry')).toMatch(
    /^npm cannot reach its registry \(EAI_AGAIN registry\)/,
  );
});
