import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newest } from './pages.ts';

test('a file that changed, deep inside or by its removal, makes the pages old', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-'));
  const inner = join(folder, 'lessons');
  mkdirSync(inner);
  const lesson = join(inner, 'index.mdx');
  writeFileSync(lesson, '');
  const long = new Date('2020-01-01');
  for (const path of [lesson, inner, folder]) utimesSync(path, long, long);
  expect(newest([folder, join(folder, 'not-there')])).toBe(long.getTime());
  const later = new Date('2021-01-01');
  utimesSync(lesson, later, later);
  expect(newest([folder])).toBe(later.getTime());
  rmSync(lesson);
  expect(newest([folder])).toBeGreaterThan(later.getTime());
});
