/** Workshops, their members and what happened between instructor and learner, in the records' SQLite database. */
import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Member, Workshop } from './workshop.ts';

/** Kept on the learner's timeline of the workshop: help asked and answered, looks, resets, time given, … */
export interface Happening {
  readonly workshop: string;
  readonly learner: string;
  readonly at: Date;
  readonly kind:
    | 'joined'
    | 'help'
    | 'help-taken-back'
    | 'help-answered'
    | 'message'
    | 'look'
    | 'typed'
    | 'reset'
    | 'brought'
    | 'time'
    | 'unlock';
  readonly text: string;
  readonly step: string | undefined;
  readonly by: string;
}

export interface WorkshopRecords {
  save(workshop: Workshop): void;
  get(id: string): Workshop | undefined;
  byCode(code: string): Workshop | undefined;
  all(): readonly Workshop[];
  /** Adds a member under the next number and returns the secret of the personal return link; only its hash is stored. */
  join(member: Omit<Member, 'number'>): string;
  /** The member whom a return link belongs to. */
  returning(secret: string): Member | undefined;
  members(workshop: string): readonly Member[];
  membership(learner: string): Member | undefined;
  happened(happening: Happening): void;
  happenings(workshop: string, learner?: string): readonly Happening[];
  /** Removes a member and everything that happened to them. The learner's own records are erased by their room. */
  erase(learner: string): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS workshops (id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS members (
    learner TEXT PRIMARY KEY, workshop TEXT NOT NULL, name TEXT NOT NULL, joined_at TEXT NOT NULL,
    return_hash TEXT NOT NULL UNIQUE, number INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS members_of ON members (workshop);
  CREATE TABLE IF NOT EXISTS happenings (
    workshop TEXT NOT NULL, learner TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    step TEXT, by TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS happenings_of ON happenings (workshop, learner, at);
`;

/** Members of installations from before there were numbers get theirs. */
function numberMembers(database: DatabaseSync): void {
  const columns = database.prepare('PRAGMA table_info(members)').all();
  if (columns.some(({ name }) => name === 'number')) return;
  database.exec(`
    ALTER TABLE members ADD COLUMN number INTEGER;
    UPDATE members SET number = (SELECT count(*) FROM members AS earlier
      WHERE earlier.workshop = members.workshop AND (earlier.joined_at, earlier.rowid) <= (members.joined_at, members.rowid));
  `);
}

/** What is kept of a learner's happenings: a call for help that is made and taken back all day long fills no disk. */
const mostHappenings = 1_000;

const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const text = (value: unknown): string => String(value);

const toWorkshop = (row: Record<string, unknown>): Workshop => {
  const body = JSON.parse(text(row['body'])) as Workshop;
  return {
    ...body,
    startsAt: new Date(body.startsAt),
    endsAt: new Date(body.endsAt),
    instructors: body.instructors ?? [body.instructor],
    clearedAt: body.clearedAt && new Date(body.clearedAt),
  };
};
const toMember = (row: Record<string, unknown>): Member => ({
  workshop: text(row['workshop']),
  learner: text(row['learner']),
  name: text(row['name']),
  number: Number(row['number']),
  joinedAt: new Date(text(row['joined_at'])),
});
const toHappening = (row: Record<string, unknown>): Happening => ({
  workshop: text(row['workshop']),
  learner: text(row['learner']),
  at: new Date(text(row['at'])),
  kind: text(row['kind']) as Happening['kind'],
  text: text(row['text']),
  step: row['step'] === null ? undefined : text(row['step']),
  by: text(row['by']),
});

export function openWorkshopRecords(database: DatabaseSync): WorkshopRecords {
  database.exec(schema);
  numberMembers(database);
  const save = database.prepare(
    'INSERT INTO workshops (id, code, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET code = excluded.code, body = excluded.body',
  );
  const byId = database.prepare('SELECT body FROM workshops WHERE id = ?');
  const byCode = database.prepare('SELECT body FROM workshops WHERE code = ?');
  const all = database.prepare('SELECT body FROM workshops ORDER BY rowid DESC');
  const join = database.prepare(
    `INSERT INTO members (learner, workshop, name, joined_at, return_hash, number)
     SELECT ?1, ?2, ?3, ?4, ?5, coalesce(max(number), 0) + 1 FROM members WHERE workshop = ?2`,
  );
  const returning = database.prepare('SELECT * FROM members WHERE return_hash = ?');
  const members = database.prepare('SELECT * FROM members WHERE workshop = ? ORDER BY joined_at, rowid');
  const membership = database.prepare('SELECT * FROM members WHERE learner = ?');
  const happened = database.prepare('INSERT INTO happenings VALUES (?, ?, ?, ?, ?, ?, ?)');
  const forgetOldest = database.prepare(
    `DELETE FROM happenings WHERE rowid IN
       (SELECT rowid FROM happenings WHERE workshop = ? AND learner = ? ORDER BY at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
  );
  const allHappenings = database.prepare('SELECT * FROM happenings WHERE workshop = ? ORDER BY at, rowid');
  const ofLearner = database.prepare('SELECT * FROM happenings WHERE workshop = ? AND learner = ? ORDER BY at, rowid');
  const eraseMember = database.prepare('DELETE FROM members WHERE learner = ?');
  const eraseHappenings = database.prepare('DELETE FROM happenings WHERE learner = ?');
  const one = <T>(row: Record<string, unknown> | undefined, to: (row: Record<string, unknown>) => T) =>
    row === undefined ? undefined : to(row);

  return {
    save: (workshop) => void save.run(workshop.id, workshop.code, JSON.stringify(workshop)),
    get: (id) => one(byId.get(id), toWorkshop),
    byCode: (code) => one(byCode.get(code), toWorkshop),
    all: () => all.all().map(toWorkshop),
    join(member) {
      const secret = randomBytes(24).toString('base64url');
      join.run(member.learner, member.workshop, member.name, member.joinedAt.toISOString(), hash(secret));
      return secret;
    },
    returning: (secret) => one(returning.get(hash(secret)), toMember),
    members: (workshop) => members.all(workshop).map(toMember),
    membership: (learner) => one(membership.get(learner), toMember),
    happened(it) {
      happened.run(it.workshop, it.learner, it.at.toISOString(), it.kind, it.text, it.step ?? null, it.by);
      forgetOldest.run(it.workshop, it.learner, mostHappenings);
    },
    happenings: (workshop, learner) =>
      (learner === undefined ? allHappenings.all(workshop) : ofLearner.all(workshop, learner)).map(toHappening),
    erase(learner) {
      eraseMember.run(learner);
      eraseHappenings.run(learner);
    },
  };
}
