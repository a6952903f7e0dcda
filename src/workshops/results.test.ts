import { expect, test } from 'vitest';
import { csv } from './csv.ts';
import { attemptsCsv, learnersCsv, ofWorkshop, paperOf, type MemberResults } from './results.ts';
import { workshopWith } from './testing/workshop.ts';

const at = new Date('2026-03-02T10:30:00Z');
const workshop = workshopWith({
  id: 'w',
  title: 'Spring, class "A"',
  lessons: ['redis-environment'],
  startsAt: at,
  endsAt: at,
});
const steps = ['redis-environment/replicate'];
const verdict = {
  step: 'redis-environment/replicate',
  at: at.toISOString(),
  state: 'met' as const,
  milliseconds: 812,
  findings: [
    {
      criterion: 'roles',
      asks: 'redis-1 is the master.',
      state: 'met' as const,
      seen: 'two online replicas',
      drill: false,
    },
  ],
};
const ada: MemberResults = {
  member: { workshop: 'w', learner: 'l1', name: '=Ada', number: 1, joinedAt: at },
  progress: [
    { step: 'redis-environment/replicate', state: 'done', at: at.toISOString(), solutionSeen: true, answers: {} },
    { step: 'sentinel/quorum', state: 'done', at: at.toISOString(), solutionSeen: false, answers: {} },
  ],
  attempts: [{ learner: 'l1', step: 'redis-environment/replicate', at, why: 'asked', verdict, evidence: {} }],
  happenings: [],
};

test('fields with quotes, commas and line ends are quoted, formulas are disarmed, numbers stay numbers', () => {
  expect(csv(['a', 'b', 'c'], [{ a: 'x,"y"\n', b: '=1+1', c: -1 }])).toBe('a,b,c\r\n"x,""y""\n",\'=1+1,-1\r\n');
});

test.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1'])(
  '%j opens in a spreadsheet as text',
  (text) => {
    const field = csv(['a'], [{ a: text }]).slice('a\r\n'.length, -'\r\n'.length);
    expect(field.replace(/^"/, '')).toMatch(/^'/);
  },
);

test('one row a learner, of the workshop’s own steps only', () => {
  const [header, row] = learnersCsv(workshop, [ofWorkshop(ada, steps)], steps).split('\r\n');
  expect(header).toBe(
    'workshop,learner,name,joined_at,steps,steps_done,steps_skipped,solutions_seen,attempts,first_done_at,last_done_at',
  );
  expect(row).toBe(
    '"Spring, class ""A""",l1,\'=Ada,2026-03-02T10:30:00.000Z,1,1,0,1,1,2026-03-02T10:30:00.000Z,2026-03-02T10:30:00.000Z',
  );
});

test('one row an attempt', () => {
  const [, row] = attemptsCsv(workshop, [ada]).split('\r\n');
  expect(row).toBe(
    '"Spring, class ""A""",l1,\'=Ada,2026-03-02T10:30:00.000Z,redis-environment,replicate,asked,met,1,1,,,812',
  );
});

test('a paper says what was shown, when and by which evidence', () => {
  expect(paperOf(workshop, ada, steps).steps).toEqual([
    {
      step: 'redis-environment/replicate',
      state: 'done',
      at: at.toISOString(),
      solutionSeen: true,
      attempts: 1,
      shown: [{ asks: 'redis-1 is the master.', seen: 'two online replicas' }],
    },
  ]);
});

test('a paper does not say that a learner showed what the solution did after a skip', () => {
  const skipped = { ...ada, progress: [{ ...ada.progress[0], state: 'skipped' }] } as MemberResults;
  expect(paperOf(workshop, skipped, steps).steps).toMatchObject([{ state: 'skipped', attempts: 1, shown: [] }]);
});
