/** Leases of labs, and where each step began in them. */
import { transact, type Database } from './database.ts';
import type { Lease, Records } from './records.ts';

type LabRecords = Pick<Records, 'lease' | 'leases' | 'saveLease' | 'endLease' | 'begin' | 'saveBegin' | 'forgetBegins'>;

export function labs(database: Database): LabRecords {
  const one = database.prepare('SELECT * FROM leases WHERE learner = ?');
  const all = database.prepare('SELECT * FROM leases ORDER BY begun_at');
  const save = database.prepare(
    'INSERT OR REPLACE INTO leases (learner, lab, lesson, begun_at, used_at, extended) VALUES (?, ?, ?, ?, ?, ?)',
  );
  // Outlives the lease: what is still written of a lab while it ends belongs to the learner who held it.
  const hold = database.prepare('INSERT OR IGNORE INTO holders (lab, learner) VALUES (?, ?)');
  const end = database.prepare('DELETE FROM leases WHERE learner = ?');
  const forgetAll = ['begins', 'events', 'messages'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE lab IN (SELECT lab FROM leases WHERE learner = ?)`),
  );
  const begin = database.prepare('SELECT nonce, at, baseline FROM begins WHERE lab = ? AND step = ?');
  const saveBegin = database.prepare(
    'INSERT OR REPLACE INTO begins (lab, step, nonce, at, baseline) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM begins WHERE lab = ?');
  return {
    lease(learner) {
      const row = one.get(learner);
      return row && asLease(row);
    },
    leases: () => all.all().map(asLease),
    saveLease: ({ learner, lab, lesson, begunAt, usedAt, extended }) =>
      transact(database, () => {
        hold.run(lab, learner);
        save.run(learner, lab, lesson ?? null, begunAt.getTime(), usedAt.getTime(), extended);
      }),
    endLease: (learner) =>
      transact(database, () => {
        for (const statement of forgetAll) statement.run(learner);
        end.run(learner);
      }),
    begin(lab, step) {
      const row = begin.get(lab, step);
      return (
        row && { nonce: String(row.nonce), at: new Date(Number(row.at)), baseline: JSON.parse(String(row.baseline)) }
      );
    },
    saveBegin: (lab, step, { nonce, at, baseline }) =>
      void saveBegin.run(lab, step, nonce, at.getTime(), JSON.stringify(baseline ?? null)),
    forgetBegins: (lab) => void forget.run(lab),
  };
}

const asLease = (row: Record<string, unknown>): Lease => ({
  learner: String(row.learner),
  lab: String(row.lab),
  lesson: row.lesson === null ? undefined : String(row.lesson),
  begunAt: new Date(Number(row.begun_at)),
  usedAt: new Date(Number(row.used_at)),
  extended: Number(row.extended),
});
