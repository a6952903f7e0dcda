import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../progress/database.ts';
import { openRecords } from '../../progress/open.ts';
import { openWorkshopRecords } from '../../workshops/records.ts';
import { workshopWith } from '../../workshops/testing/workshop.ts';
import { newCode, type Workshop } from '../../workshops/workshop.ts';
import { clear, startKeeping } from './keeping.ts';
import type { WorkshopPorts } from './ports.ts';

const day = 24 * 3_600_000;
const now = new Date('2026-06-01T10:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * day);

const ended = (id: string, days: number): Workshop =>
  workshopWith({ id, title: id, startsAt: ago(days + 1), endsAt: ago(days), seats: 9, code: newCode() });

let folder: string;
let database: Database;
let school: ReturnType<typeof open>;

function open() {
  const records = openRecords(database);
  const workshops = openWorkshopRecords(database as unknown as DatabaseSync);
  const erase = async (learner: string) => {
    workshops.erase(learner);
    records.eraseLearner(learner);
  };
  /** A member who checked something so many days ago. */
  const member = (workshop: string, name: string, checkedDaysAgo: number) => {
    const learner = records.newLearner();
    workshops.join({ workshop, learner, name, joinedAt: ago(40) });
    const happening = {
      workshop,
      learner,
      at: ago(40),
      kind: 'look',
      text: 'redis-1',
      step: undefined,
      by: 'Kim',
    } as const;
    workshops.happened(happening);
    const step = 'key-metrics/see';
    const at = ago(checkedDaysAgo);
    const verdict = { step, at: at.toISOString(), state: 'unmet', milliseconds: 1, findings: [] } as const;
    records.addAttempt({ learner, step, at, why: 'asked', verdict, evidence: { seen: 'nothing' } });
    return learner;
  };
  const ports = { records, workshops, now: () => now } as unknown as WorkshopPorts;
  const classroom = { forget: (learner: string) => workshops.erase(learner) };
  const onTrouble = (what: string, error: unknown) => expect.unreachable(`${what}: ${String(error)}`);
  return { records, workshops, member, keeping: { ports, classroom, erase, days: 30, onTrouble } };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinic-keeping-'));
  database = openDatabase(folder);
  school = open();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

test('learners of a workshop that ended long enough ago are erased; the workshop stays without them', async () => {
  const { workshops, records, member, keeping } = school;
  workshops.save(ended('old', 31));
  workshops.save(ended('young', 29));
  const [ada, bo] = [member('old', 'Ada', 32), member('young', 'Bo', 29)];
  await clear(keeping);
  expect(records.learnerExists(ada)).toBe(false);
  expect(records.attempts(ada)).toEqual([]);
  expect(workshops.happenings('old')).toEqual([]);
  expect(workshops.get('old')).toMatchObject({ title: 'old', archived: true, clearedAt: now });
  expect(workshops.members('young').map(({ learner }) => learner)).toEqual([bo]);
  expect(workshops.get('young')).toMatchObject({ archived: false, clearedAt: undefined });
});

test('who went on alone keeps their own records, and is no member any more', async () => {
  const { workshops, records, member, keeping } = school;
  workshops.save(ended('old', 31));
  const ada = member('old', 'Ada', 3);
  await clear(keeping);
  expect(records.attempts(ada)).toHaveLength(1);
  expect(workshops.membership(ada)).toBeUndefined();
  expect(workshops.happenings('old')).toEqual([]);
});

test('who cannot be removed keeps no other, and is removed at the next look', async () => {
  const { workshops, member, keeping } = school;
  for (const id of ['old', 'older']) workshops.save(ended(id, 31));
  const [ada] = [member('old', 'Ada', 32), member('old', 'Bo', 32), member('older', 'Cyd', 32)];
  const told: string[] = [];
  await clear({
    ...keeping,
    erase: (learner) => (learner === ada ? Promise.reject(new Error('no engine')) : keeping.erase(learner)),
    onTrouble: (what) => void told.push(what),
  });
  expect(told).toEqual(['a learner whose time is over was not removed']);
  expect(workshops.members('old').map(({ name }) => name)).toEqual(['Ada']);
  expect([workshops.get('old')?.clearedAt, workshops.get('older')?.clearedAt]).toEqual([undefined, now]);
  await clear(keeping);
  expect([workshops.members('old'), workshops.get('old')?.clearedAt]).toEqual([[], now]);
});

test('it is looked after when the server starts', async () => {
  const { workshops, member, keeping } = school;
  workshops.save(ended('old', 31));
  member('old', 'Ada', 32);
  const erased = Promise.withResolvers<string>();
  const stop = startKeeping({
    ...keeping,
    erase: async (learner) => erased.resolve(learner),
    onTrouble: (_what, error) => erased.reject(error),
  });
  expect(await erased.promise).toBe(workshops.members('old')[0]?.learner);
  stop();
});
