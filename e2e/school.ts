/**
 * A class without machines: the real server, course and pages over labs that exist only by name, with learners whose
 * records say how far they are. For what a board looks like and how it is used with many rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { StepId, VerdictView } from '#shared/wire.ts';
import { fakeDriver } from '../src/leases/testing/fake-driver.ts';
import { openDatabase } from '../src/progress/database.ts';
import { openRecords } from '../src/progress/open.ts';
import { openClinic } from '../src/server/clinic.ts';
import { readConfig } from '../src/server/config.ts';
import { builtPages } from '../src/server/http/static.ts';
import { loadOnce } from '../src/server/lessons/loading.ts';
import { openShelf } from '../src/server/lessons/shelf.ts';
import { Browser } from '../src/server/testing/browser.ts';

const instructorSecret = 'e2e-instructor-secret';
const hour = 3_600_000;
const names =
  'Ada Bo Cy Dee Eve Finn Gus Hal Ida Jo Kai Lea Mia Ned Ole Pia Quinn Rea Sam Tom Uma Val Wim Xia Yun Zoe'.split(' ');

export interface School {
  readonly url: string;
  readonly workshop: string;
  /** What a learner joins with. */
  readonly code: string;
  readonly instructorSecret: string;
  readonly members: readonly { readonly browser: Browser; readonly learner: string; readonly name: string }[];
  /** One more check of a learner's, unmet at the criterion. */
  fail(learner: string, step: StepId, criterion: string): void;
  stop(): Promise<void>;
}

/** The class is in the fifth lesson: some are through, some fail at the same criterion, one has not begun. */
export async function openSchool(learners: number): Promise<School> {
  const data = mkdtempSync(join(tmpdir(), 'clinic-school-'));
  const database = openDatabase(data);
  const shelf = await openShelf(loadOnce(), (lesson, trouble) => {
    throw new Error(`${lesson}: ${trouble}`);
  });
  const clinic = await openClinic({
    config: readConfig({ PORT: process.env['PORT'] ?? '0', WARM_LABS: '0', LAB_CAPACITY: '60' }),
    database,
    driver: fakeDriver(),
    shelf,
    pages: builtPages(process.env['PAGES_DIR'] ?? join(import.meta.dirname, '../dist')),
    sessionSecret: 'e2e-session-secret',
    instructorSecret,
    lti: undefined,
    log: pino({ level: 'silent' }),
  });
  const records = openRecords(database);
  const lessons = shelf.all().map(({ lesson }) => lesson);

  const kim = new Browser(clinic.address);
  await kim.ask('POST', '/api/instructor/login', { name: 'Kim', secret: instructorSecret });
  const made = await kim.ask('POST', '/api/workshops', {
    title: 'Spring class',
    lessons: lessons.map(({ slug }) => slug),
    startsAt: new Date(Date.now() - hour).toISOString(),
    endsAt: new Date(Date.now() + 2 * hour).toISOString(),
    seats: 60,
    openness: 'all',
  });
  const { id, code } = made.json as { id: string; code: string };

  const attempt = (learner: string, step: StepId, at: number, unmet: string | undefined) => {
    const found = shelf.step(step).step.checker.criteria;
    const findings: VerdictView['findings'] = found.map(({ id: criterion, asks }) => ({
      criterion,
      asks,
      state: criterion === unmet ? 'unmet' : 'met',
      seen: criterion === unmet ? 'redis-1 says appendonly:no.' : 'It is so.',
      drill: false,
    }));
    const state = unmet === undefined ? 'met' : 'unmet';
    const verdict = { step, at: new Date(at).toISOString(), state, findings, milliseconds: 300 } as const;
    records.addAttempt({ learner, step, at: new Date(at), why: 'asked', verdict, evidence: {} });
  };

  const members: School['members'][number][] = [];
  for (let turn = 0; turn < learners; turn += 1) {
    const name = `${names[turn % names.length]}${turn < names.length ? '' : ' B.'}`;
    const browser = new Browser(clinic.address);
    await browser.ask('POST', '/api/join', { code, name });
    const { learner } = (await browser.ask('GET', '/api/me')).json as { learner: string };
    members.push({ browser, learner, name });
    if (turn % 13 === 12) continue;
    const steps = lessons.flatMap((lesson) => lesson.steps);
    const far =
      steps.findIndex(({ checker }) => checker.step.startsWith(`${lessons[4]?.slug}/`)) +
      ([0, 1, 0, -1][turn % 4] ?? 0);
    for (const [index, { checker }] of steps.slice(0, far).entries()) {
      records.markAtWork(learner, checker.step);
      if ((turn + index) % 11 === 3) records.skip(learner, checker.step);
      else attempt(learner, checker.step, Date.now() + (1 + ((turn * 7 + index) % 9)) * 60_000, undefined);
    }
    const at = steps[far]?.checker;
    if (!at) continue;
    records.markAtWork(learner, at.step);
    if (turn % 7 === 1) records.solutionSeen(learner, at.step);
    for (let times = 0; times < (turn % 6) - 1; times += 1)
      attempt(learner, at.step, Date.now() - (9 - times) * 60_000, at.criteria[turn % 3]?.id);
    if (turn % 32 === 4) await browser.ask('POST', '/api/help', { text: 'It does not start.', step: at.step });
  }
  return {
    url: clinic.address,
    workshop: id,
    code,
    instructorSecret,
    members,
    fail: (learner, step, criterion) => attempt(learner, step, Date.now(), criterion),
    async stop() {
      await clinic.stop();
      rmSync(data, { recursive: true });
    },
  };
}
