import { expect, test } from 'vitest';
import type { StepProgress, VerdictView } from '#shared/wire.ts';
import { byNeed, rowOf, summariesOf } from './board.ts';
import { sameAgain } from './need.ts';

const now = new Date('2026-03-02T10:30:00Z');
const steps = ['redis-environment/install', 'redis-environment/replicate'];

const verdict = (state: VerdictView['state'], unmet?: string): VerdictView => ({
  step: steps[1] ?? '',
  at: now.toISOString(),
  state,
  milliseconds: 400,
  findings: [
    { criterion: 'servers', asks: 'Three servers run.', state: 'met', seen: 'three servers', drill: false },
    ...(unmet
      ? [
          {
            criterion: unmet,
            asks: 'Roles.',
            state: 'unmet' as const,
            seen: 'redis-2 says role:master',
            tryThis: 'REPLICAOF',
            drill: false,
          },
        ]
      : []),
  ],
});
const member = (name: string) => ({ workshop: 'w', learner: name.toLowerCase(), name, number: 1, joinedAt: now });
const progress = (step: string, more: Partial<StepProgress>): StepProgress => ({
  step,
  state: 'at-work',
  begunAt: '2026-03-02T10:00:00.000Z',
  solutionSeen: false,
  answers: {},
  ...more,
});
const facts = (name: string, more: Partial<Parameters<typeof rowOf>[0]> = {}): Parameters<typeof rowOf>[0] => ({
  member: member(name),
  progress: [],
  attempts: [],
  help: undefined,
  lastCommand: undefined,
  lastSeen: now,
  ...more,
});

test('a learner who has done nothing has only cells not begun and no need', () => {
  const row = rowOf(facts('Ada'), steps, new Map(), now);
  expect(row.cells.map((cell) => cell.state)).toEqual(['not-begun', 'not-begun']);
  expect(row.need).toBe(0);
  expect(row.step).toBeUndefined();
});

test('a failing cell names the first unmet criterion with its finding', () => {
  const row = rowOf(
    facts('Ada', { progress: [progress(steps[1] ?? '', { verdict: verdict('unmet', 'roles') })] }),
    steps,
    new Map(),
    now,
  );
  expect(row.cells[1]).toMatchObject({
    state: 'failing',
    criterion: 'roles',
    finding: 'redis-2 says role:master',
    seconds: 1800,
  });
  expect(row.step).toBe(steps[1]);
});

test('the same criterion three times, a time over the median and silence are signs of need', () => {
  const verdicts = ['roles', 'roles', 'roles'].map((criterion) => verdict('unmet', criterion));
  const row = rowOf(
    facts('Ada', {
      progress: [progress(steps[1] ?? '', { verdict: verdicts[2] })],
      attempts: verdicts.map((one) => ({ step: one.step, at: now, verdict: one })),
      lastSeen: new Date('2026-03-02T10:18:00Z'),
    }),
    steps,
    new Map([[steps[1] ?? '', 600]]),
    now,
  );
  expect(row.why).toEqual(['same criterion 3 times', '3.0 × the median', 'silent for 12 min']);
});

test('another criterion in between starts the count again', () => {
  expect(sameAgain([verdict('unmet', 'roles'), verdict('unmet', 'flow'), verdict('unmet', 'roles')])).toBe(1);
  expect(sameAgain([verdict('met')])).toBe(0);
  expect(sameAgain([])).toBe(0);
});

test('who asked for help stands first; equal need is ordered by name', () => {
  const rows = ['Cy', 'Bo', 'Ada'].map((name) =>
    rowOf(facts(name, name === 'Cy' ? { help: { at: now.toISOString(), text: 'stuck' } } : {}), steps, new Map(), now),
  );
  expect(rows.toSorted(byNeed).map((row) => row.name)).toEqual(['Cy', 'Ada', 'Bo']);
});

test('a step summary counts who is through, and names what fails most', () => {
  const done = (minutes: number) =>
    progress(steps[0] ?? '', {
      state: 'done',
      at: new Date(Date.parse('2026-03-02T10:00:00Z') + minutes * 60_000).toISOString(),
    });
  const failing = progress(steps[1] ?? '', { verdict: verdict('unmet', 'roles') });
  const rows = [2, 4, 10].map((minutes) =>
    rowOf(facts(`L${minutes}`, { progress: [done(minutes), failing] }), steps, new Map(), now),
  );
  const [install, replicate] = summariesOf(steps, rows);
  expect(install).toEqual({ step: steps[0], through: 3, medianSeconds: 240, spreadSeconds: [180, 420] });
  expect(replicate?.failing).toEqual({ criterion: 'roles', finding: 'redis-2 says role:master', learners: 3 });
});

test('a learner is at the step touched last, also when that is not the furthest', () => {
  const [first = '', second = ''] = steps;
  const later = progress(first, { begunAt: '2026-03-02T10:20:00.000Z' });
  const brought = facts('Ada', { progress: [later, progress(second, {})] });
  expect(rowOf(brought, steps, new Map(), now).step).toBe(first);
  const checked = { ...brought, attempts: [{ step: second, at: now, verdict: verdict('unmet', 'roles') }] };
  expect(rowOf(checked, steps, new Map(), now).step).toBe(second);
});
