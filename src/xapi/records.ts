/** What was said of a learner once and is not to be said again. It goes with the learner. */
import type { Database } from '../progress/database.ts';

export interface SaidRecords {
  /** True the first time. */
  first(learner: string, what: string): boolean;
  of(learner: string): readonly string[];
}

export function saidRecords(database: Database): SaidRecords {
  const say = database.prepare('INSERT OR IGNORE INTO xapi_said (learner, what) VALUES (?, ?)');
  const of = database.prepare('SELECT what FROM xapi_said WHERE learner = ? ORDER BY what');
  return {
    first: (learner, what) => say.run(learner, what).changes === 1,
    of: (learner) => of.all(learner).map((row) => String(row['what'])),
  };
}
