/** One learner × step of the board, and the row's other cells: what it shows and what it is called. */
import type { CellState, CellView, RowView } from '#shared/board.ts';
import { element } from '../element.ts';

const marks: Readonly<Record<CellState, string>> = {
  'not-begun': '·',
  'at-work': '…',
  failing: '!',
  done: '✓',
  skipped: '→',
};
const words: Readonly<Record<CellState, string>> = {
  'not-begun': 'not begun',
  'at-work': 'at work',
  failing: 'failing',
  done: 'done',
  skipped: 'skipped',
};

export function duration(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

export function boardCell(cell: CellView, current: boolean): HTMLTableCellElement {
  const solution = cell.solutionSeen ? ', solution seen' : '';
  const why = cell.criterion ? `: ${cell.criterion} (${cell.finding})` : '';
  const label = `${cell.step} ${words[cell.state]}${solution}${why}`;
  const shown = [
    element('span', { class: 'mark', 'aria-hidden': 'true' }, marks[cell.state] + (cell.solutionSeen ? '*' : '')),
    element('span', { class: 'unseen' }, label),
  ];
  if (current) {
    if (cell.criterion) shown.push(element('span', { class: 'criterion', 'aria-hidden': 'true' }, cell.criterion));
    shown.push(element('span', { class: 'time' }, duration(cell.seconds)));
  }
  return element('td', { class: `cell ${cell.state}${current ? ' current' : ''}`, title: label }, ...shown);
}

export function lastCell(row: RowView): HTMLTableCellElement {
  const command = row.lastCommand;
  const parts: (Node | string)[] = command
    ? [
        `${command.host} `,
        element(
          'span',
          { class: command.status === 0 ? 'ok' : 'bad' },
          command.status === 0 ? 'ok' : `exit ${command.status}`,
        ),
      ]
    : ['–'];
  return element('td', { class: 'last' }, ...parts);
}
