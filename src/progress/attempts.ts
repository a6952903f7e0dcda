/** Attempts, marks and answers in; progress out. A step's progress is derived from them each time it is asked for. */
import type { StepProgress, StepState, VerdictView } from '#shared/wire.ts';
import { transact, type Database } from './database.ts';
import { iso } from './iso.ts';
import type { Attempt, Records } from './records.ts';

const evidenceLimit = 64 * 1024;
/** Older attempts of a step keep their verdict and lose their evidence, so that a step cannot fill the disk. */
const evidenceKept = 50;
/** Of older ones those that ran by themselves and were not met go: a lab that flutters makes several a second. */
const attemptsKept = 1_000;

type AttemptRecords = Pick<
  Records,
  'addAttempt' | 'attempts' | 'progress' | 'markAtWork' | 'skip' | 'solutionSeen' | 'answer'
>;

export function attempts(database: Database): AttemptRecords {
  const insert = database.prepare(
    'INSERT INTO attempts (learner, step, at, why, state, verdict, evidence) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const thin = database.prepare(
    `UPDATE attempts SET evidence = NULL WHERE learner = ?1 AND step = ?2 AND evidence IS NOT NULL AND state <> 'met'
     AND id <= (SELECT id FROM attempts WHERE learner = ?1 AND step = ?2 ORDER BY id DESC LIMIT 1 OFFSET ${evidenceKept})`,
  );
  const forget = database.prepare(
    `DELETE FROM attempts WHERE learner = ?1 AND step = ?2 AND why = 'auto' AND state <> 'met'
     AND id <= (SELECT id FROM attempts WHERE learner = ?1 AND step = ?2 ORDER BY id DESC LIMIT 1 OFFSET ${attemptsKept})`,
  );
  const list = database.prepare(
    'SELECT id, step, at, why, verdict FROM attempts WHERE learner = ?1 AND (?2 IS NULL OR step = ?2) ORDER BY id',
  );
  const evidence = database.prepare('SELECT evidence FROM attempts WHERE id = ?');
  // What is met after a skip is the solution's work, until the step begins again in another lab.
  const summary = database.prepare(
    `SELECT a.step, max(a.id) AS last, min(CASE
       WHEN a.state = 'met' AND (skipped.at IS NULL OR a.at < skipped.at OR (begun.at > skipped.at AND a.at >= begun.at))
       THEN a.at END) AS met_at
     FROM attempts a
     LEFT JOIN marks skipped ON skipped.learner = a.learner AND skipped.step = a.step AND skipped.kind = 'skipped'
     LEFT JOIN marks begun ON begun.learner = a.learner AND begun.step = a.step AND begun.kind = 'last-begun'
     WHERE a.learner = ? GROUP BY a.step`,
  );
  const verdict = database.prepare('SELECT verdict FROM attempts WHERE id = ?');
  const mark = database.prepare('INSERT OR IGNORE INTO marks (learner, step, kind, at) VALUES (?, ?, ?, ?)');
  const remark = database.prepare('INSERT OR REPLACE INTO marks (learner, step, kind, at) VALUES (?, ?, ?, ?)');
  const marks = database.prepare('SELECT step, kind, at FROM marks WHERE learner = ?');
  const answer = database.prepare(
    'INSERT OR REPLACE INTO answers (learner, step, question, value) VALUES (?, ?, ?, ?)',
  );
  const answers = database.prepare('SELECT step, question, value FROM answers WHERE learner = ?');
  const setMark = (kind: string) => (learner: string, step: string) => void mark.run(learner, step, kind, Date.now());

  return {
    addAttempt({ learner, step, at, why, verdict: seen, evidence: collected }) {
      transact(database, () => {
        insert.run(learner, step, at.getTime(), why, seen.state, JSON.stringify(seen), bounded(collected));
        thin.run(learner, step);
        forget.run(learner, step);
      });
    },
    attempts: (learner, step) =>
      list.all(learner, step ?? null).map((row): Attempt => ({
        learner,
        step: String(row.step),
        at: new Date(Number(row.at)),
        why: row.why === 'asked' ? 'asked' : 'auto',
        verdict: parseVerdict(row.verdict),
        // Read when it is looked at: boards go through many attempts and want none of it.
        get evidence(): unknown {
          const column = evidence.get(Number(row.id))?.evidence;
          return typeof column === 'string' ? JSON.parse(column) : undefined;
        },
      })),
    markAtWork(learner, step) {
      setMark('at-work')(learner, step);
      remark.run(learner, step, 'last-begun', Date.now());
    },
    skip: setMark('skipped'),
    solutionSeen: setMark('solution-seen'),
    answer: (learner, step, question, value) => void answer.run(learner, step, question, value),

    progress(learner) {
      const steps = new Map<string, StepRows>();
      const of = (step: unknown): StepRows => {
        const rows = steps.get(String(step)) ?? { marks: {}, answers: {} };
        steps.set(String(step), rows);
        return rows;
      };
      for (const row of marks.all(learner)) of(row.step).marks[String(row.kind)] = Number(row.at);
      for (const row of answers.all(learner)) of(row.step).answers[String(row.question)] = String(row.value);
      for (const row of summary.all(learner)) {
        const rows = of(row.step);
        if (row.met_at !== null) rows.metAt = Number(row.met_at);
        rows.verdict = parseVerdict(verdict.get(Number(row.last))?.verdict);
      }
      return [...steps].map(([step, rows]) => derive(step, rows));
    },
  };
}

interface StepRows {
  readonly marks: Record<string, number>;
  readonly answers: Record<string, string>;
  metAt?: number;
  verdict?: VerdictView;
}

/** Done once is done: a lab that is broken again later changes the verdict, not the progress. */
function derive(step: string, { marks, answers, metAt, verdict }: StepRows): StepProgress {
  const skippedAt = marks.skipped;
  const state: StepState =
    metAt !== undefined
      ? 'done'
      : skippedAt !== undefined
        ? 'skipped'
        : verdict || 'at-work' in marks
          ? 'at-work'
          : 'open';
  const at = metAt ?? skippedAt;
  return {
    step,
    state,
    ...(marks['at-work'] !== undefined && { begunAt: iso(marks['at-work']) }),
    ...(at !== undefined && { at: iso(at) }),
    solutionSeen: 'solution-seen' in marks,
    answers,
    ...(verdict && { verdict }),
  };
}

function bounded(evidence: unknown): string {
  const whole = JSON.stringify(evidence ?? null);
  const bytes = Buffer.byteLength(whole);
  if (bytes <= evidenceLimit) return whole;
  // Every character of the cut may need escaping (and so double), hence half of the limit.
  return JSON.stringify({ cut: `${bytes} bytes were more than is kept`, start: whole.slice(0, evidenceLimit / 4) });
}

/** Only this room writes the column, so what is in it is a verdict. */
const parseVerdict = (column: unknown): VerdictView => JSON.parse(String(column)) as VerdictView;
