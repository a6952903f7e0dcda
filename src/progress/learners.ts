/** Who learns, and the sessions by which a browser is known again. Only hashes of session tokens are stored. */
import { randomBytes } from 'node:crypto';
import { transact, type Database } from './database.ts';
import type { Records } from './records.ts';

export function learners(database: Database): Pick<Records, 'newLearner' | 'learnerExists' | 'eraseLearner'> {
  const insert = database.prepare('INSERT INTO learners (id, made_at) VALUES (?, ?)');
  const find = database.prepare('SELECT 1 FROM learners WHERE id = ?');
  const eraseOfLab = ['begins', 'events', 'messages'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE lab IN (SELECT lab FROM holders WHERE learner = ?)`),
  );
  const eraseHolds = database.prepare('DELETE FROM holders WHERE learner = ?');
  const erase = database.prepare('DELETE FROM learners WHERE id = ?');
  return {
    newLearner() {
      const id = randomBytes(16).toString('hex');
      insert.run(id, Date.now());
      return id;
    },
    learnerExists: (learner) => find.get(learner) !== undefined,
    eraseLearner: (learner) =>
      transact(database, () => {
        for (const statement of eraseOfLab) statement.run(learner);
        eraseHolds.run(learner);
        erase.run(learner);
      }),
  };
}

export interface SessionRow {
  readonly learner: string | undefined;
  readonly instructor: string | undefined;
}

export interface SessionStore {
  find(hash: string): SessionRow | undefined;
  save(hash: string, session: SessionRow): void;
  forget(hash: string): void;
}

/** Milliseconds after which a session is nobody's, as its cookie: a year. */
const sessionLife = 365 * 24 * 3_600_000;

/** Those whose time is over go when the records are opened. */
export function sessions(database: Database): SessionStore {
  database.prepare('DELETE FROM sessions WHERE made_at < ?').run(Date.now() - sessionLife);
  const find = database.prepare('SELECT learner, instructor FROM sessions WHERE hash = ? AND made_at >= ?');
  const save = database.prepare(
    `INSERT INTO sessions (hash, learner, instructor, made_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (hash) DO UPDATE SET learner = excluded.learner, instructor = excluded.instructor`,
  );
  const forget = database.prepare('DELETE FROM sessions WHERE hash = ?');
  return {
    find(hash) {
      const row = find.get(hash, Date.now() - sessionLife);
      return row && { learner: text(row.learner), instructor: text(row.instructor) };
    },
    save: (hash, { learner, instructor }) => void save.run(hash, learner ?? null, instructor ?? null, Date.now()),
    forget: (hash) => void forget.run(hash),
  };
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
