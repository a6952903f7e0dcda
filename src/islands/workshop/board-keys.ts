/** The keyboard in the board's table: one stop of the Tab key for all of it, and from there the arrows, Home and End. */

/** `open` gets the cell on which Enter or Space was pressed. */
export function walkByKeys(body: HTMLTableSectionElement, open: (cell: HTMLElement) => void): void {
  body.addEventListener('keydown', (event) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>('th, td') : null;
    const line = cell?.parentElement;
    if (!cell || !(line instanceof HTMLTableRowElement)) return;
    if ((event.key === 'Enter' || event.key === ' ') && cell.tagName === 'TD') {
      event.preventDefault();
      return open(cell);
    }
    const next = neighbour([...body.rows], line, cell.cellIndex, event);
    if (!next) return;
    event.preventDefault();
    for (const stop of body.querySelectorAll('[tabindex="0"]')) stop.setAttribute('tabindex', '-1');
    // A learner's name is a button, which opens by itself.
    const target = next.querySelector<HTMLElement>('.name') ?? next;
    target.tabIndex = 0;
    target.focus();
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
}

/** To be called when cells or rows have come or gone: the table must not be left without its stop. */
export function keepTabStop(body: HTMLTableSectionElement): void {
  if (!body.querySelector('[tabindex="0"]')) body.querySelector('.name')?.setAttribute('tabindex', '0');
}

function neighbour(
  lines: readonly HTMLTableRowElement[],
  line: HTMLTableRowElement,
  column: number,
  { key, ctrlKey }: KeyboardEvent,
): HTMLElement | undefined {
  const at = lines.indexOf(line);
  const seen = (row: HTMLTableRowElement | undefined) => [...(row?.cells ?? [])].filter((one) => one.offsetWidth > 0);
  const cells = seen(line);
  const own = cells.findIndex((one) => one.cellIndex === column);
  if (key === 'ArrowDown') return lines[at + 1]?.cells[column];
  if (key === 'ArrowUp') return lines[at - 1]?.cells[column];
  if (key === 'ArrowRight') return cells[own + 1];
  if (key === 'ArrowLeft') return cells[own - 1];
  if (key === 'Home') return seen(ctrlKey ? lines[0] : line)[0];
  if (key === 'End') return seen(ctrlKey ? lines.at(-1) : line).at(-1);
  return undefined;
}
