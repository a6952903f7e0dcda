import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openWorkshopRecords } from './records.ts';
import { workshopWith } from './testing/workshop.ts';
import { closedBecause, newCode, stateOf, tidyCode, type Workshop } from './workshop.ts';

const hour = 3_600_000;
const now = new Date('2026-03-02T10:00:00Z');
const workshop = workshopWith({
  lessons: ['key-metrics', 'redis-environment'],
  startsAt: now,
  endsAt: new Date(now.getTime() + hour),
  seats: 2,
  openness: 'opened',
  opened: ['key-metrics'],
});
const open = () => openWorkshopRecords(new DatabaseSync(':memory:'));

test('a workshop is found by id and by code, and changes are kept', () => {
  const records = open();
  records.save(workshop);
  records.save({ ...workshop, paused: true });
  expect(records.byCode(workshop.code)).toEqual({ ...workshop, paused: true });
  expect(records.get('w1')?.endsAt).toEqual(workshop.endsAt);
  expect(records.all()).toHaveLength(1);
  expect(records.byCode('ACDEFGHJ2')).toBeUndefined();
});

test('a return link brings its own member back and nobody else', () => {
  const records = open();
  records.save(workshop);
  const secret = records.join({ workshop: 'w1', learner: 'l1', name: 'Ada', joinedAt: now });
  records.join({ workshop: 'w1', learner: 'l2', name: 'Bo', joinedAt: now });
  expect(records.returning(secret)?.name).toBe('Ada');
  expect(records.returning('guess')).toBeUndefined();
  expect(records.members('w1').map((member) => member.name)).toEqual(['Ada', 'Bo']);
});

test('members are numbered in the order of joining, each workshop for itself, and numbers never change', () => {
  const records = open();
  for (const [workshopId, learner] of [
    ['w1', 'l1'],
    ['w1', 'l2'],
    ['w2', 'l3'],
    ['w1', 'l4'],
  ] as const)
    records.join({ workshop: workshopId, learner, name: learner, joinedAt: now });
  records.erase('l1');
  expect(records.members('w1').map(({ number }) => number)).toEqual([2, 3]);
  expect(records.membership('l3')?.number).toBe(1);
});

test('records from before there were numbers and colleagues are taken up', () => {
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE TABLE members (learner TEXT PRIMARY KEY, workshop TEXT NOT NULL, name TEXT NOT NULL, joined_at TEXT NOT NULL,
      return_hash TEXT NOT NULL UNIQUE) STRICT;
    INSERT INTO members VALUES ('l1', 'w1', 'Ada', '2026-03-02T10:05:00.000Z', 'a'), ('l2', 'w1', 'Bo', '2026-03-02T10:00:00.000Z', 'b'),
      ('l3', 'w2', 'Cy', '2026-03-02T10:00:00.000Z', 'c');
  `);
  const records = openWorkshopRecords(database);
  expect(['l1', 'l2', 'l3'].map((learner) => records.membership(learner)?.number)).toEqual([2, 1, 1]);
  const { instructors, clearedAt, ...before } = workshop;
  records.save(before as Workshop);
  expect([instructors, clearedAt]).toEqual([records.get('w1')?.instructors, undefined]);
});

test('erasing a member leaves nothing of them', () => {
  const records = open();
  records.join({ workshop: 'w1', learner: 'l1', name: 'Ada', joinedAt: now });
  records.happened({
    workshop: 'w1',
    learner: 'l1',
    at: now,
    kind: 'look',
    text: 'redis-1',
    step: undefined,
    by: 'Kim',
  });
  expect(records.happenings('w1', 'l1')).toHaveLength(1);
  records.erase('l1');
  expect(records.happenings('w1')).toEqual([]);
  expect(records.membership('l1')).toBeUndefined();
});

test('of a learner who calls for help all day long the latest thousand happenings are kept, and all of the others', () => {
  const records = open();
  const called = (learner: string, minute: number) =>
    records.happened({
      workshop: 'w1',
      learner,
      at: new Date(now.getTime() + minute * 60_000),
      kind: 'help',
      text: String(minute),
      step: undefined,
      by: learner,
    });
  called('l2', 0);
  for (let minute = 0; minute < 1_002; minute++) called('l1', minute);
  const kept = records.happenings('w1', 'l1');
  expect([kept.length, kept[0]?.text, kept.at(-1)?.text]).toEqual([1_000, '2', '1001']);
  expect(records.happenings('w1', 'l2')).toHaveLength(1);
});

test('the state follows the clock, and a pause', () => {
  expect(stateOf(workshop, new Date(now.getTime() - 1))).toBe('planned');
  expect(stateOf(workshop, now)).toBe('running');
  expect(stateOf({ ...workshop, paused: true }, now)).toBe('paused');
  expect(stateOf(workshop, workshop.endsAt)).toBe('ended');
});

test('a lesson that is not opened, not in the workshop or out of time says why', () => {
  expect(closedBecause(workshop, 'key-metrics', now)).toBeUndefined();
  expect(closedBecause(workshop, 'redis-environment', now)).toContain('not opened');
  expect(closedBecause(workshop, 'sentinel', now)).toContain('"sentinel" is not part');
  expect(closedBecause({ ...workshop, paused: true }, 'key-metrics', now)).toContain('paused');
});

test('a typed code may have spaces, dashes and small letters', () => {
  expect(tidyCode(' acde-fghj ')).toBe('ACDEFGHJ');
  expect(newCode()).toMatch(/^[ACDEFGHJKMNPQRTUVWXY234679]{8}$/);
});
