/** The head of the board's table: what the columns are, and under each how the class does in it. */
import type { RowView, StepSummary } from '#shared/board.ts';
import { button, element } from '../element.ts';
import { duration } from './board-cell.ts';
import { isThrough, nameOf, type LessonColumns } from './board-columns.ts';

export interface HeadView {
  readonly columns: readonly LessonColumns[];
  readonly rows: readonly RowView[];
  readonly isUnfolded: (columns: LessonColumns) => boolean;
  readonly fold: (lesson: string) => void;
}

const fixed = [
  { text: 'Learner', looks: 'who' },
  { text: 'Needs help', looks: 'why' },
  { text: 'Now', looks: 'now' },
  { text: 'Last command', looks: 'last' },
];

export function headRows({ columns, rows, isUnfolded, fold }: HeadView): readonly HTMLElement[] {
  const unfolded = columns.filter((one) => one.steps.length > 1 && isUnfolded(one)).flatMap(({ steps }) => steps);
  return [
    element(
      'tr',
      {},
      ...fixed.map(({ text, looks }) => element('th', { scope: 'col', rowspan: '2', class: looks }, text)),
      ...columns.map((one) => lessonHead(one, isUnfolded(one), fold)),
    ),
    element(
      'tr',
      {},
      ...unfolded.map(({ step }) => element('th', { scope: 'col', class: 'step', title: step }, nameOf(step))),
    ),
    element(
      'tr',
      { class: 'sums' },
      element('th', { scope: 'row', class: 'who' }, 'Through'),
      element('td', { colspan: '3', class: 'sums-gap' }),
      ...columns.flatMap((one) =>
        isUnfolded(one) ? one.steps.map((step) => stepSum(step, rows.length)) : [lessonSum(one, rows)],
      ),
    ),
  ];
}

/** A lesson of one step has nothing to fold. */
function lessonHead({ lesson, steps }: LessonColumns, open: boolean, onFold: (lesson: string) => void): HTMLElement {
  const [only, second] = steps;
  if (only && !second) {
    const looks = { scope: 'col', rowspan: '2', class: 'lesson', title: only.step, 'data-lesson': lesson };
    return element('th', looks, lesson);
  }
  const fold = button(lesson, 'small quiet fold', () => onFold(lesson));
  fold.dataset['lesson'] = lesson;
  fold.setAttribute('aria-expanded', String(open));
  fold.title = open ? `Fold ${lesson} into one column` : `Show the steps of ${lesson}`;
  const span = open ? { colspan: String(steps.length) } : { rowspan: '2' };
  return element('th', { scope: open ? 'colgroup' : 'col', class: 'lesson', ...span }, fold);
}

/** A folded lesson: who is through all of it, and what fails most in it. */
function lessonSum({ from, steps }: LessonColumns, rows: readonly RowView[]): HTMLElement {
  const through = rows.filter(({ cells }) => cells.slice(from, from + steps.length).every(isThrough)).length;
  const [worst] = steps.flatMap(({ failing }) => failing ?? []).toSorted((a, b) => b.learners - a.learners);
  return element(
    'td',
    { class: 'sum', title: `${through} of ${rows.length} are through the whole lesson` },
    element('strong', {}, `${through}`),
    element('span', { class: 'of' }, ` of ${rows.length}`),
    ...(worst ? [element('span', { class: 'criterion' }, `${worst.criterion} × ${worst.learners}`)] : []),
  );
}

function stepSum({ through, medianSeconds, spreadSeconds, failing }: StepSummary, total: number): HTMLElement {
  const time = (seconds: number) => duration(Math.round(seconds));
  const title = [
    `${through} of ${total} through`,
    medianSeconds === undefined ? '' : `median ${time(medianSeconds)}`,
    spreadSeconds ? `half of them took ${spreadSeconds.map(time).join(' to ')}` : '',
    failing ? `${failing.criterion} fails for ${failing.learners}: ${failing.finding}` : '',
  ];
  return element(
    'td',
    { class: 'sum', title: title.filter(Boolean).join('; ') },
    element('strong', {}, `${through}`),
    element('span', { class: 'of' }, ` of ${total}`),
    ...(medianSeconds === undefined ? [] : [element('span', { class: 'median' }, time(medianSeconds))]),
    ...(failing ? [element('span', { class: 'criterion' }, `${failing.criterion} × ${failing.learners}`)] : []),
    element('span', { class: 'unseen' }, title.slice(1).filter(Boolean).join('; ')),
  );
}
