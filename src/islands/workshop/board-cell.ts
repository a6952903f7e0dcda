/** What the cells of a learner's row show, and what they are called. */
import type { CellState, CellView, RowView } from '#shared/board.ts';
import { element } from '../element.ts';
import { isThrough, nameOf } from './board-columns.ts';

/** What stands in one cell: `signature` tells whether it is another thing than before. */
export interface CellContent {
  readonly look: string;
  readonly title: string;
  readonly parts: readonly Node[];
}

export const marks: Readonly<Record<CellState, string>> = {
  'not-begun': '·',
  'at-work': '…',
  failing: '!',
  done: '✓',
  skipped: '→',
};
export const stateWords: Readonly<Record<CellState, string>> = {
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

const unseen = (text: string): HTMLElement => element('span', { class: 'unseen' }, text);
const drawn = (looks: string, text: string): HTMLElement =>
  element('span', { class: looks, 'aria-hidden': 'true' }, text);

export function stepCell(cell: CellView, current: boolean): CellContent {
  const label = [
    `${nameOf(cell.step)} ${stateWords[cell.state]}`,
    cell.criterion && `${cell.criterion}: ${cell.finding ?? ''}`,
    cell.solutionSeen && 'solution seen',
    cell.state === 'not-begun' ? '' : duration(cell.seconds),
  ];
  const title = label.filter(Boolean).join(', ');
  return {
    look: `cell ${cell.state}${current && !isThrough(cell) ? ' current' : ''}`,
    title,
    parts: [
      drawn('mark', marks[cell.state] + (cell.solutionSeen ? '*' : '')),
      ...(cell.criterion ? [drawn('criterion', cell.criterion)] : []),
      unseen(title),
    ],
  };
}

/** A folded lesson: how many steps are through, or what fails where the learner is. */
export function lessonCell(cells: readonly CellView[], step: RowView['step']): CellContent {
  const through = cells.filter(isThrough).length;
  const at = cells.find((cell) => cell.step === step && !isThrough(cell));
  if (at) {
    const shown = stepCell(at, true);
    return { ...shown, title: `${through} of ${cells.length} through; ${shown.title}` };
  }
  const state: CellState = through === cells.length ? 'done' : through > 0 ? 'at-work' : 'not-begun';
  const title = `${through} of ${cells.length} through`;
  return {
    look: `cell ${state}`,
    title,
    parts: [drawn('count', through === 0 ? '·' : `${through}/${cells.length}`), unseen(title)],
  };
}

/** Where the learner is, for how long, and how the last command ended. `ago` is how many seconds ago the row was told. */
export function nowCell(row: RowView, ago: number): CellContent {
  const cell = row.cells.find((one) => one.step === row.step);
  if (!cell) return { look: 'now', title: '', parts: [element('span', { class: 'soft' }, 'not begun')] };
  const seconds = isThrough(cell) ? cell.seconds : cell.seconds && cell.seconds + ago;
  return {
    look: 'now',
    title: cell.step,
    parts: [
      element('span', { class: 'step-name' }, nameOf(cell.step)),
      element('span', { class: 'time' }, isThrough(cell) ? stateWords[cell.state] : duration(seconds)),
    ],
  };
}

export function lastCell({ lastCommand: last }: RowView): CellContent {
  if (!last) return { look: 'last', title: 'No command yet', parts: [element('span', { class: 'soft' }, '–')] };
  const how = last.status === 0 ? 'ok' : `exit ${last.status}`;
  return {
    look: 'last',
    title: `${last.host}: ${how}, ${new Date(last.at).toLocaleTimeString()}`,
    parts: [element('span', {}, last.host), element('span', { class: last.status === 0 ? 'ok' : 'bad' }, how)],
  };
}

export function whyCell({ why }: RowView): CellContent {
  const title = why.join(', ');
  return { look: 'why', title, parts: why.map((text) => element('span', { class: 'sign' }, text)) };
}
