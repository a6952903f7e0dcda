import { expect, test } from 'vitest';
import type { StepSummary } from '#shared/board.ts';
import { columnsOf, lessonOfClass } from './board-columns.ts';
import { byUrgency } from './board-order.ts';

const row = (name: string, number: number, need = 0, helpAt?: string) => ({
  name,
  number,
  need,
  ...(helpAt === undefined ? {} : { help: { at: helpAt, text: '' } }),
});
const order = (rows: readonly ReturnType<typeof row>[], hidden = false) =>
  rows.toSorted(byUrgency(hidden)).map(({ name }) => name);

test('who asked first comes first, whatever else is needed; then need, then names as people count', () => {
  expect(
    order([
      row('Learner 10', 1),
      row('Learner 9', 2),
      row('Ada', 3, 70),
      row('Bo', 4, 100, '2026-03-02T10:05:00Z'),
      row('Cy', 5, 300, '2026-03-02T10:09:00Z'),
    ]),
  ).toEqual(['Bo', 'Cy', 'Ada', 'Learner 9', 'Learner 10']);
});

test('a row does not move for a little more need, and does when it has doubled', () => {
  expect(order([row('Ada', 1, 20), row('Bo', 2, 25)])).toEqual(['Ada', 'Bo']);
  expect(order([row('Ada', 1, 20), row('Bo', 2, 50)])).toEqual(['Bo', 'Ada']);
});

test('where names are hidden their order is hidden, too', () => {
  expect(order([row('Zoe', 1), row('Ada', 2)], true)).toEqual(['Zoe', 'Ada']);
});

test('steps are grouped by lesson; the class’s lesson is where most are, else the first', () => {
  const steps: readonly StepSummary[] = ['a/one', 'a/two', 'b/one'].map((step) => ({ step, through: 0 }));
  const columns = columnsOf(steps);
  expect(columns.map(({ lesson, from }) => [lesson, from])).toEqual([
    ['a', 0],
    ['b', 2],
  ]);
  expect(lessonOfClass([{ step: 'b/one' }, { step: 'b/one' }, { step: 'a/two' }], columns)).toBe('b');
  expect(lessonOfClass([], columns)).toBe('a');
});
