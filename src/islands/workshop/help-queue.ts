/** Who asked for help, in the order of asking, each with the step and what is missing there. */
import type { RowView } from '#shared/board.ts';
import { button, element, fill } from '../element.ts';
import { duration } from './board-cell.ts';
import { nameOf } from './board-columns.ts';
import { shownName } from './names.ts';

/** Shows the queue; `onOpen` gets the learner of the button that was pressed, and the button. */
export function showHelpQueue(
  place: HTMLElement,
  rows: readonly RowView[],
  onOpen: (learner: string, from: HTMLElement) => void,
): void {
  const asking = rows
    .flatMap((row) => (row.help ? [callOf(row, row.help)] : []))
    .toSorted((a, b) => a.at.localeCompare(b.at));
  fill(place, asking, () => [
    ...(asking.length > 0 ? [element('span', { class: 'soft' }, 'Asked for help:')] : []),
    ...asking.map(({ learner, text, title }) => {
      const opens: HTMLButtonElement = button(text, 'small asked', () => onOpen(learner, opens));
      opens.title = title;
      return opens;
    }),
  ]);
}

function callOf(row: RowView, { at, step, text, finding }: NonNullable<RowView['help']>) {
  const seconds = Math.round((Date.now() - Date.parse(at)) / 1000);
  const words = [
    step === undefined ? shownName(row) : `${shownName(row)}, ${nameOf(step)}`,
    seconds < 60 ? 'just now' : duration(seconds),
  ];
  return {
    learner: row.learner,
    at,
    text: words.join(', '),
    title: [text, finding].filter(Boolean).join(' – ') || 'Asked without words',
  };
}
