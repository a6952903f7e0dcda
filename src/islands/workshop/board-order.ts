/** In which order the board's rows stand: who needs help first, without dancing. */
import type { RowView } from '#shared/board.ts';

type Row = Pick<RowView, 'need' | 'help' | 'name' | 'number'>;

/** Need grows by the second; only when it has doubled does a row move. 0 needs nothing. */
const band = ({ need }: Row): number => Math.ceil(Math.log2(need + 1));

/** Who asked for help in the order of asking, then by need, then by name (by number when names are hidden: the order must not betray them). */
export const byUrgency =
  (hidden: boolean) =>
  (a: Row, b: Row): number =>
    Number(b.help !== undefined) - Number(a.help !== undefined) ||
    (a.help?.at ?? '').localeCompare(b.help?.at ?? '') ||
    band(b) - band(a) ||
    (hidden ? 0 : a.name.localeCompare(b.name, undefined, { numeric: true })) ||
    a.number - b.number;
