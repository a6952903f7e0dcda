/** Which person of a platform is which learner, and where their scores go. They go with the learner. */
import type { Database } from '../progress/database.ts';

/** A column of a platform's gradebook that follows a learner's progress. */
export interface Grade {
  readonly learner: string;
  readonly lineItem: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly subject: string;
  /** The lesson it is about; undefined for all lessons of the learner's workshop, or of the course. */
  readonly lesson: string | undefined;
  /** What was last handed over to be sent. */
  readonly given: number;
  readonly maximum: number;
}

export interface LtiRecords {
  /** The learners of a person, the last launched one first. */
  learners(issuer: string, subject: string): readonly string[];
  launched(account: { readonly issuer: string; readonly subject: string; readonly learner: string }, at: Date): void;
  /** Keeps where a link's score goes; a link that now means another lesson begins anew. */
  follow(grade: Omit<Grade, 'given' | 'maximum'>): void;
  handedOver(grade: Grade): void;
  grades(learner: string): readonly Grade[];
  /** Everything of a learner, for the learner. */
  of(learner: string): { readonly accounts: readonly unknown[]; readonly grades: readonly Grade[] };
}

export function ltiRecords(database: Database): LtiRecords {
  const learners = database.prepare(
    'SELECT learner FROM lti_accounts WHERE issuer = ? AND subject = ? ORDER BY launched_at DESC, learner',
  );
  const launched = database.prepare(
    `INSERT INTO lti_accounts (learner, issuer, subject, launched_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (learner) DO UPDATE SET launched_at = excluded.launched_at`,
  );
  const follow = database.prepare(
    `INSERT INTO lti_grades (learner, line_item, issuer, client, subject, lesson, given, maximum) VALUES (?, ?, ?, ?, ?, ?, 0, 0)
     ON CONFLICT (learner, line_item) DO UPDATE SET lesson = excluded.lesson, given = 0, maximum = 0
     WHERE lesson IS NOT excluded.lesson`,
  );
  const handedOver = database.prepare(
    'UPDATE lti_grades SET given = ?, maximum = ? WHERE learner = ? AND line_item = ?',
  );
  const grades = database.prepare('SELECT * FROM lti_grades WHERE learner = ?');
  const accounts = database.prepare('SELECT issuer, subject, launched_at FROM lti_accounts WHERE learner = ?');
  const gradesOf = (learner: string) => grades.all(learner).map(asGrade);
  return {
    learners: (issuer, subject) => learners.all(issuer, subject).map((row) => String(row['learner'])),
    launched: ({ issuer, subject, learner }, at) => void launched.run(learner, issuer, subject, at.getTime()),
    follow: ({ learner, lineItem, issuer, clientId, subject, lesson }) =>
      void follow.run(learner, lineItem, issuer, clientId, subject, lesson ?? null),
    handedOver: ({ given, maximum, learner, lineItem }) => void handedOver.run(given, maximum, learner, lineItem),
    grades: gradesOf,
    of: (learner) => ({
      accounts: accounts.all(learner).map((row) => ({
        issuer: row['issuer'],
        subject: row['subject'],
        launchedAt: new Date(Number(row['launched_at'])).toISOString(),
      })),
      grades: gradesOf(learner),
    }),
  };
}

const asGrade = (row: Record<string, unknown>): Grade => ({
  learner: String(row['learner']),
  lineItem: String(row['line_item']),
  issuer: String(row['issuer']),
  clientId: String(row['client']),
  subject: String(row['subject']),
  lesson: row['lesson'] === null ? undefined : String(row['lesson']),
  given: Number(row['given']),
  maximum: Number(row['maximum']),
});
