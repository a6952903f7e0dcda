import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import { sessions } from './learners.ts';

const day = 24 * 3_600_000;
let folder: string;
let database: Database;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  folder = mkdtempSync(join(tmpdir(), 'clinic-sessions-'));
  database = openDatabase(folder);
});
afterEach(() => {
  vi.useRealTimers();
  database.close();
  rmSync(folder, { recursive: true });
});

it('a session is known for a year, as its cookie, and then it is nobody’s and goes', () => {
  const store = sessions(database);
  const kim = { learner: undefined, instructor: 'Kim' };
  store.save('hash', kim);
  vi.setSystemTime(Date.now() + 365 * day);
  expect(store.find('hash')).toEqual(kim);
  vi.setSystemTime(Date.now() + 1);
  expect(store.find('hash')).toBeUndefined();
  expect(database.prepare('SELECT count(*) AS rows FROM sessions').get()).toEqual({ rows: 1 });
  sessions(database);
  expect(database.prepare('SELECT count(*) AS rows FROM sessions').get()).toEqual({ rows: 0 });
});
