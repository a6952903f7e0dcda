import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VerdictView } from '#shared/wire.ts';
import { openDatabase, UnusableRecords } from './database.ts';
import { takeFolder } from './folder.ts';
import { openRecords } from './open.ts';
import type { Records } from './records.ts';

const step = 'redis-environment/replicate';
const verdict = (state: VerdictView['state'], at = '2030-01-01T00:00:00.000Z'): VerdictView => ({
  step,
  at,
  state,
  findings: [],
  milliseconds: 5,
});

let folder: string;
let records: Records;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinic-records-'));
  records = openRecords(openDatabase(folder));
});
afterEach(() => {
  records.close();
  rmSync(folder, { recursive: true });
});

const attempt = (learner: string, state: VerdictView['state'], at: string, evidence: unknown = {}) =>
  records.addAttempt({ learner, step, at: new Date(at), why: 'asked', verdict: verdict(state, at), evidence });

const many = (learner: string, count: number, why: 'asked' | 'auto') => {
  for (let second = 0; second < count; second += 1) {
    const at = new Date(Date.parse('2030-01-01T00:00:00.000Z') + second * 1_000);
    records.addAttempt({ learner, step, at, why, verdict: verdict('unmet', at.toISOString()), evidence: {} });
  }
};

describe('attempts', () => {
  it('of a lab that flutters are kept up to a thousand a step; what was asked for or met is never dropped', () => {
    const learner = records.newLearner();
    many(learner, 3, 'asked');
    attempt(learner, 'met', '2030-01-01T00:00:04.000Z');
    many(learner, 1_020, 'auto');
    const kept = records.attempts(learner, step);
    expect(kept).toHaveLength(1_004);
    expect(kept.filter(({ why }) => why === 'asked').map(({ verdict: { state } }) => state)).toEqual([
      'unmet',
      'unmet',
      'unmet',
      'met',
    ]);
    expect(records.progress(learner)[0]).toMatchObject({ state: 'done', at: '2030-01-01T00:00:04.000Z' });
  });
});

it('keeps of an event so much of each word as a page can show', () => {
  const long = 'x'.repeat(10_000);
  const event = { at: '2030-01-01T00:00:00.000Z', kind: 'alert-fired', text: long, data: { alert: long, about: '' } };
  const stored = records.addEvent('a-lab', event as Parameters<Records['addEvent']>[1]);
  expect(stored).toMatchObject({ text: 'x'.repeat(500), data: { alert: 'x'.repeat(500), about: '' } });
  expect(records.events('a-lab')).toEqual([stored]);
});

describe('progress', () => {
  it('is derived: done at the first passing attempt, with the last verdict, whatever comes later', () => {
    const learner = records.newLearner();
    attempt(learner, 'unmet', '2030-01-01T00:00:01.000Z');
    expect(records.progress(learner)[0]?.state).toBe('at-work');
    attempt(learner, 'met', '2030-01-01T00:00:02.000Z');
    attempt(learner, 'unmet', '2030-01-01T00:00:03.000Z');
    expect(records.progress(learner)).toEqual([
      {
        step,
        state: 'done',
        at: '2030-01-01T00:00:02.000Z',
        solutionSeen: false,
        answers: {},
        verdict: verdict('unmet', '2030-01-01T00:00:03.000Z'),
      },
    ]);
  });

  it('knows skips, seen solutions and answers, and keeps learners apart', () => {
    const learner = records.newLearner();
    const other = records.newLearner();
    records.answer(learner, step, 'version', '7');
    records.answer(learner, step, 'version', '8');
    expect(records.progress(learner)).toMatchObject([{ state: 'open', answers: { version: '8' } }]);
    records.solutionSeen(learner, step);
    records.skip(learner, step);
    expect(records.progress(learner)).toMatchObject([{ state: 'skipped', solutionSeen: true }]);
    expect(records.progress(other)).toEqual([]);
    expect(records.learnerExists(other)).toBe(true);
    expect(records.learnerExists('nobody')).toBe(false);
  });
});

it('counts a skipped step as done only when it was begun again after the skip', async () => {
  const learner = records.newLearner();
  const later = async () => {
    await setTimeout(2);
    return new Date().toISOString();
  };
  records.markAtWork(learner, step);
  records.skip(learner, step);
  attempt(learner, 'met', await later());
  expect(records.progress(learner)).toMatchObject([{ state: 'skipped' }]);
  await later();
  records.markAtWork(learner, step);
  expect(records.progress(learner)).toMatchObject([{ state: 'skipped' }]);
  attempt(learner, 'met', await later());
  expect(records.progress(learner)).toMatchObject([{ state: 'done' }]);
});

describe('bounds', () => {
  it('cuts evidence at 64 KiB and says so', () => {
    const learner = records.newLearner();
    attempt(learner, 'unmet', '2030-01-01T00:00:01.000Z', { log: '"'.repeat(200_000) });
    const [stored] = records.attempts(learner, step);
    expect(stored?.evidence).toMatchObject({ cut: '400010 bytes were more than is kept' });
    expect(JSON.stringify(stored?.evidence).length).toBeLessThanOrEqual(64 * 1024);
  });

  it('keeps the newest 5 000 events of a lab and 500 messages', () => {
    const at = '2030-01-01T00:00:00.000Z';
    const database = openDatabase(folder);
    database.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
       INSERT INTO events (lab, at, kind, text, data) SELECT 'lab', 0, 'sample', i, '{}' FROM n`,
    );
    database.close();
    records.addEvent('lab', { at, kind: 'sample', text: 'newest', data: {} });
    const events = records.events('lab');
    expect(events).toHaveLength(5_000);
    expect([events[0]?.text, events.at(-1)?.text]).toEqual(['2', 'newest']);
    expect(records.events('lab', new Date(at))).toHaveLength(1);

    const message = {
      at,
      channel: 'email',
      from: 'a',
      to: 'b',
      subject: 's',
      text: 't',
      raw: 'r'.repeat(70_000),
    } as const;
    for (let sent = 0; sent < 503; sent += 1) records.addMessage('lab', message);
    expect(records.messages('lab')).toHaveLength(500);
    expect(records.messages('lab')[0]?.raw).toHaveLength(64 * 1024);
  });
});

it('stores leases and begins, and forgets them', () => {
  const learner = records.newLearner();
  const lease = { learner, lab: 'lab', lesson: undefined, begunAt: new Date(1), usedAt: new Date(2), extended: 0 };
  records.saveLease(lease);
  records.saveLease({ ...lease, lesson: 'key-metrics', extended: 60 });
  expect(records.leases()).toEqual([{ ...lease, lesson: 'key-metrics', extended: 60 }]);
  records.saveBegin('lab', step, { nonce: 'abcd', at: new Date(3), baseline: { runId: 'x' } });
  expect(records.begin('lab', step)).toEqual({ nonce: 'abcd', at: new Date(3), baseline: { runId: 'x' } });
  records.forgetBegins('lab');
  records.endLease(learner);
  expect([records.begin('lab', step), records.lease(learner)]).toEqual([undefined, undefined]);
});

const at = '2030-01-01T00:00:00.000Z';
const message = { at, channel: 'email', from: 'a', to: 'b', subject: 's', text: 't', raw: 'r' } as const;

it('forgets what happened in a lab when its lease ends, and nothing of another lab', () => {
  const [learner] = ['lab-1', 'lab-2'].map((lab) => {
    const id = records.newLearner();
    records.saveLease({ learner: id, lab, lesson: 'x', begunAt: new Date(1), usedAt: new Date(2), extended: 0 });
    records.addEvent(lab, { at, kind: 'checked', text: '', data: {} });
    records.addMessage(lab, message);
    records.saveBegin(lab, step, { nonce: 'n', at: new Date(3), baseline: null });
    return id;
  });
  records.endLease(learner ?? '');
  const left = (lab: string) => [
    records.events(lab).length,
    records.messages(lab).length,
    records.begin(lab, step) !== undefined,
  ];
  expect([left('lab-1'), left('lab-2')]).toEqual([
    [0, 0, false],
    [1, 1, true],
  ]);
});

it('erases a learner with everything, also what was written of a lab while it ended, and nobody else', () => {
  const [learner, other] = ['lab-1', 'lab-2'].map((lab) => {
    const id = records.newLearner();
    records.saveLease({ learner: id, lab, lesson: 'x', begunAt: new Date(1), usedAt: new Date(2), extended: 0 });
    records.endLease(id);
    records.addEvent(lab, { at, kind: 'checked', text: '', data: {} });
    records.addMessage(lab, message);
    records.saveBegin(lab, step, { nonce: 'n', at: new Date(3), baseline: null });
    attempt(id, 'met', at);
    records.answer(id, step, 'q', '1');
    return id;
  });
  records.eraseLearner(learner ?? '');
  const left = (id: string | undefined, lab: string) => [
    records.learnerExists(id ?? ''),
    records.attempts(id ?? '').length,
    records.progress(id ?? '').length,
    records.events(lab).length,
    records.messages(lab).length,
    records.begin(lab, step) !== undefined,
  ];
  expect(left(learner, 'lab-1')).toEqual([false, 0, 0, 0, 0, false]);
  expect(left(other, 'lab-2')).toEqual([true, 1, 1, 1, 1, true]);
});

describe('the data folder', () => {
  it('is used by one server at a time, and says by which', () => {
    const first = takeFolder(folder);
    expect(() => takeFolder(folder)).toThrow(`server (process ${process.pid}) uses the data folder ${folder}`);
    first.release();
    takeFolder(folder).release();
  });

  it('keeps a secret that was made once', () => {
    const taken = takeFolder(folder);
    const { value, made } = taken.secret('instructor-secret');
    expect(made).toBe(true);
    expect(taken.secret('instructor-secret')).toEqual({ value, made: false });
    taken.release();
  });

  it('says in one sentence that a damaged file is damaged', () => {
    const damaged = mkdtempSync(join(tmpdir(), 'clinic-damaged-'));
    writeFileSync(join(damaged, 'clinic.db'), 'no database at all, '.repeat(1_000));
    expect(() => openDatabase(damaged)).toThrow(/cannot be read .* put back a backup/);
    rmSync(damaged, { recursive: true });
  });

  it('refuses the records of a newer version', () => {
    const database = openDatabase(folder);
    database.exec('PRAGMA user_version = 9999');
    database.close();
    expect(() => openDatabase(folder)).toThrow(UnusableRecords);
    expect(() => openDatabase(folder)).toThrow(/newer Redis Clinic \(format 9999/);
  });

  it('has every acknowledged attempt after kill -9 of the writer', async () => {
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/writer.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let learner = '';
    let acknowledged = 0;
    for await (const line of createInterface({ input: writer.stdout })) {
      if (learner) acknowledged = Number(line);
      else learner = line;
      if (acknowledged === 40) writer.kill('SIGKILL');
    }
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
    expect(acknowledged).toBeGreaterThanOrEqual(40);
    expect(records.attempts(learner).length).toBeGreaterThanOrEqual(acknowledged);
    takeFolder(folder).release();
  });
});
