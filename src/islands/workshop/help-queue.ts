/** Who asked for help, in the order of asking, each with the step and what is missing there. */
import type { RowView } from '#shared/board.ts';
import { button, element } from '../element.ts';
import { duration } from './board-cell.ts';
import { nameOf } from './board-columns.ts';
import { shownName } from './names.ts';

export function helpQueue(
  rows: readonly RowView[],
  onOpen: (row: RowView, from: HTMLElement) => void,
): readonly HTMLElement[] {
  const asking = rows
    .flatMap((row) => (row.help ? [{ row, help: row.help }] : []))
    .toSorted((a, b) => a.help.at.localeCompare(b.help.at));
  if (asking.length === 0) return [];
  const asks = asking.map(({ row, help }) => {
    const ago = duration(Math.max(0, Math.round((Date.now() - Date.parse(help.at)) / 1000)));
    const where = help.step === undefined ? '' : `, ${nameOf(help.step)}`;
    const opens: HTMLButtonElement = button(`${shownName(row)}${where}, ${ago}`, 'small asked', () =>
      onOpen(row, opens),
    );
    opens.title = [help.text, help.finding].filter(Boolean).join(' – ') || 'Asked without words';
    return opens;
  });
  return [element('span', { class: 'soft' }, 'Asked for help:'), ...asks];
}
