/**
 * The board's table, learners × steps. It changes in place: a cell that is focused stays, a row that is pointed at or
 * focused does not move away, and rows glide to their new place where motion is welcome.
 */
import type { RowView, StepSummary } from '#shared/board.ts';
import { button, element } from '../element.ts';
import { duration, lastCell, lessonCell, nowCell, stepCell, whyCell, type CellContent } from './board-cell.ts';
import { columnsOf, isThrough, lessonOfClass, nameOf, type LessonColumns } from './board-columns.ts';
import { byUrgency } from './board-order.ts';
import { namesHidden, shownName } from './names.ts';

interface Line {
  row: RowView;
  /** When the row was told, on this page's clock. */
  at: number;
  readonly element: HTMLTableRowElement;
  readonly name: HTMLButtonElement;
  readonly brief: HTMLElement;
  /** What the cells after the name show now; another text is another content. */
  shown: readonly string[];
}

/** Milliseconds between two looks at the clock: times in steps are shown in minutes. */
const clockEvery = 15_000;
/** Milliseconds in which rows that come belong together. */
const wave = 50;
const glide: KeyframeAnimationOptions = { duration: 300, easing: 'ease-in-out' };

export class BoardGrid {
  readonly element: HTMLElement;
  readonly #head = element('thead');
  readonly #body = element('tbody');
  readonly #lines = new Map<string, Line>();
  readonly #onOpen: (row: RowView, from: HTMLElement) => void;
  readonly #onHeld: (held: boolean) => void;
  #steps: readonly StepSummary[] = [];
  #columns: readonly LessonColumns[] = [];
  /** Lessons shown step by step. Undefined until the class has begun or the instructor has chosen. */
  #unfolded: Set<string> | undefined;
  #pointed = false;
  #latest: readonly StepSummary[] = [];
  #drawing = false;

  constructor(onOpen: (row: RowView, from: HTMLElement) => void, onHeld: (held: boolean) => void) {
    this.#onOpen = onOpen;
    this.#onHeld = onHeld;
    const table = element(
      'table',
      { class: 'board', role: 'grid', 'aria-label': 'Learners and steps' },
      this.#head,
      this.#body,
    );
    this.element = element('div', { class: 'board-scroll' }, table);
    // A finger leaves no pointer behind; only a mouse can be in the way.
    this.#body.addEventListener('pointerenter', (event) => (this.#pointed = event.pointerType === 'mouse'));
    this.#body.addEventListener('pointerleave', () => {
      this.#pointed = false;
      this.#arrange();
    });
    this.#body.addEventListener('focusout', () => queueMicrotask(() => this.#arrange()));
    this.#body.addEventListener('keydown', (event) => this.#key(event));
    this.#body.addEventListener('click', (event) => this.#open(event.target));
    setInterval(() => this.#eachLine((line) => this.#fill(line)), clockEvery);
  }

  get rows(): readonly RowView[] {
    return [...this.#lines.values()].map(({ row }) => row);
  }

  all(rows: readonly RowView[], steps: readonly StepSummary[]): void {
    const stay = new Set(rows.map(({ learner }) => learner));
    for (const learner of this.#lines.keys()) if (!stay.has(learner)) this.drop(learner);
    for (const row of rows) this.#take(row);
    this.#setSteps(steps);
    this.#arrange();
  }

  /** A wave of rows is drawn as it comes; the head and the order follow once for all of them. */
  put(row: RowView, steps: readonly StepSummary[]): void {
    this.#fill(this.#take(row));
    this.#latest = steps;
    if (this.#drawing) return;
    this.#drawing = true;
    setTimeout(() => {
      this.#drawing = false;
      this.#setSteps(this.#latest);
      this.#arrange();
    }, wave);
  }

  drop(learner: string): void {
    this.#lines.get(learner)?.element.remove();
    this.#lines.delete(learner);
  }

  /** Names are shown or hidden now. */
  rename(): void {
    this.#eachLine((line) => this.#fill(line));
    this.#arrange();
  }

  #take(row: RowView): Line {
    const known = this.#lines.get(row.learner);
    if (known) {
      known.row = row;
      known.at = Date.now();
      return known;
    }
    const name = element('button', { type: 'button', class: 'name', tabindex: '-1' });
    const brief = element('span', { class: 'brief' });
    const line: Line = {
      row,
      at: Date.now(),
      name,
      brief,
      element: element('tr', { 'data-learner': row.learner }, element('th', { scope: 'row' }, name, brief)),
      shown: [],
    };
    this.#lines.set(row.learner, line);
    this.#body.append(line.element);
    return line;
  }

  #eachLine(act: (line: Line) => void): void {
    for (const line of this.#lines.values()) act(line);
  }

  /** The head is made anew when its words have changed; the lines only when columns have. */
  #setSteps(steps: readonly StepSummary[]): void {
    const sameColumns = this.#steps.map(({ step }) => step).join() === steps.map(({ step }) => step).join();
    this.#steps = steps;
    this.#columns = columnsOf(steps);
    const rows = this.rows;
    // What is unfolded follows the class until somebody has begun; then it is the instructor's.
    const first = this.#unfolded === undefined && rows.some(({ step }) => step !== undefined);
    const lesson = lessonOfClass(rows, this.#columns);
    if (first) this.#unfolded = new Set([lesson]);
    const unfilled = [...this.#lines.values()].filter(({ shown }) => shown.length === 0);
    this.#showHead();
    if (first) this.#bringIntoSight(lesson);
    if (sameColumns) for (const line of unfilled) this.#fill(line);
    else this.#eachLine((line) => this.#fill(line));
  }

  /** On a phone the class's lesson may be a few swipes away; wide boards begin at their beginning. */
  #bringIntoSight(lesson: string): void {
    const who = this.#head.querySelector<HTMLElement>('.who');
    const why = this.#head.querySelector<HTMLElement>('.why');
    const column = this.#head.querySelector<HTMLElement>(`[data-lesson="${CSS.escape(lesson)}"]`)?.closest('th');
    if (who && column && why?.offsetWidth === 0) this.element.scrollLeft = column.offsetLeft - who.offsetWidth;
  }

  /** A lesson of one step has nothing to fold. */
  #isUnfolded({ lesson, steps }: LessonColumns): boolean {
    return steps.length === 1 || (this.#unfolded ? this.#unfolded.has(lesson) : lesson === this.#columns[0]?.lesson);
  }

  #fold(lesson: string): void {
    const unfolded = new Set(this.#columns.filter((one) => this.#isUnfolded(one)).map((one) => one.lesson));
    if (!unfolded.delete(lesson)) unfolded.add(lesson);
    this.#unfolded = unfolded;
    this.#showHead();
    this.#eachLine((line) => this.#fill(line));
    this.#head.querySelector<HTMLElement>(`[data-lesson="${CSS.escape(lesson)}"]`)?.focus();
  }

  #showHead(): void {
    const total = this.#lines.size;
    const fixed = ['Learner', 'Needs help', 'Now', 'Last command'].map((text, index) =>
      element('th', { scope: 'col', rowspan: '2', class: ['who', 'why', 'now', 'last'][index] ?? '' }, text),
    );
    const lessons = this.#columns.map((columns) => {
      const { lesson, steps } = columns;
      const [only, second] = steps;
      if (only && !second)
        return element(
          'th',
          { scope: 'col', rowspan: '2', class: 'lesson', title: only.step, 'data-lesson': lesson },
          lesson,
        );
      const open = this.#isUnfolded(columns);
      const fold = button(lesson, 'small quiet fold', () => this.#fold(lesson));
      fold.dataset['lesson'] = lesson;
      fold.setAttribute('aria-expanded', String(open));
      fold.title = open ? `Fold ${lesson} into one column` : `Show the steps of ${lesson}`;
      const span = open ? { colspan: String(steps.length) } : { rowspan: '2' };
      return element('th', { scope: open ? 'colgroup' : 'col', class: 'lesson', ...span }, fold);
    });
    const open = this.#columns.filter((columns) => columns.steps.length > 1 && this.#isUnfolded(columns));
    const shown = open.flatMap(({ steps }) => steps);
    const heads = shown.map(({ step }) => element('th', { scope: 'col', class: 'step', title: step }, nameOf(step)));
    const sums = this.#columns.flatMap((columns) =>
      this.#isUnfolded(columns) ? columns.steps.map((step) => stepSum(step, total)) : [this.#lessonSum(columns)],
    );
    const through = element('th', { scope: 'row', class: 'who' }, 'Through');
    const made = [
      element('tr', {}, ...fixed, ...lessons),
      element('tr', {}, ...heads),
      element('tr', { class: 'sums' }, through, element('td', { colspan: '3', class: 'sums-gap' }), ...sums),
    ];
    // Somebody on a button of the head would lose the focus with it.
    if (made.map((row) => row.outerHTML).join('') === [...this.#head.children].map((row) => row.outerHTML).join(''))
      return;
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['lesson'] : undefined;
    this.#head.replaceChildren(...made);
    if (focused !== undefined) this.#head.querySelector<HTMLElement>(`[data-lesson="${CSS.escape(focused)}"]`)?.focus();
  }

  /** A folded lesson: who is through all of it, and what fails most in it. */
  #lessonSum({ from, steps }: LessonColumns): HTMLElement {
    const rows = this.rows;
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

  #fill(line: Line): void {
    const { row } = line;
    line.name.textContent = shownName(row);
    line.brief.textContent = briefOf(row);
    line.element.className = row.help ? 'asks' : row.need > 0 ? 'needs' : '';
    const contents: readonly CellContent[] = [
      whyCell(row),
      nowCell(row, Math.round((Date.now() - line.at) / 1000)),
      lastCell(row),
      ...this.#columns.flatMap((columns) => {
        const cells = row.cells.slice(columns.from, columns.from + columns.steps.length);
        if (!this.#isUnfolded(columns)) return [lessonCell(cells, row.step)];
        return cells.map((cell) => stepCell(cell, cell.step === row.step));
      }),
    ];
    contents.forEach((content, index) => this.#fillCell(line, index, content));
    while (line.element.cells.length > contents.length + 1) line.element.deleteCell(-1);
    line.shown = contents.map(signature);
    this.#keepTabStop();
  }

  #fillCell(line: Line, index: number, content: CellContent): void {
    const cell = line.element.cells[index + 1] ?? line.element.insertCell();
    if (line.shown[index] === signature(content)) return;
    cell.className = content.look;
    cell.title = content.title;
    cell.tabIndex = cell.tabIndex === 0 ? 0 : -1;
    cell.replaceChildren(...content.parts);
  }

  /** Rows move to where they belong, but never away from under the hand or the eye. */
  #arrange(): void {
    const wanted = [...this.#lines.values()].toSorted((a, b) => byUrgency(namesHidden())(a.row, b.row));
    const now = [...this.#body.children];
    if (wanted.every((line, index) => line.element === now[index])) return this.#onHeld(false);
    const held = now.length > 0 && (this.#pointed || this.#body.matches(':focus-within'));
    this.#onHeld(held);
    if (held) return;
    const before = new Map(wanted.map((line) => [line, line.element.offsetTop]));
    this.#body.append(...wanted.map((line) => line.element));
    this.#keepTabStop();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const [line, top] of before) {
      const moved = top - line.element.offsetTop;
      if (moved !== 0) line.element.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], glide);
    }
  }

  /** One stop of the Tab key for the whole table; the arrows go on from there. */
  #keepTabStop(): void {
    const stop = this.#body.querySelector('[tabindex="0"]');
    if (!stop) this.#body.querySelector('.name')?.setAttribute('tabindex', '0');
  }

  #key(event: KeyboardEvent): void {
    const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>('th, td') : null;
    const line = cell?.parentElement;
    if (!cell || !(line instanceof HTMLTableRowElement)) return;
    if ((event.key === 'Enter' || event.key === ' ') && cell.tagName === 'TD') {
      event.preventDefault();
      return this.#open(cell);
    }
    const next = this.#neighbour(line, cell.cellIndex, event);
    if (!next) return;
    event.preventDefault();
    for (const stop of this.#body.querySelectorAll('[tabindex="0"]')) stop.setAttribute('tabindex', '-1');
    const target = next.querySelector<HTMLElement>('.name') ?? next;
    target.tabIndex = 0;
    target.focus();
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #neighbour(line: HTMLTableRowElement, column: number, { key, ctrlKey }: KeyboardEvent): HTMLElement | undefined {
    const lines = [...this.#body.rows];
    const at = lines.indexOf(line);
    const seen = (row: HTMLTableRowElement | undefined) => [...(row?.cells ?? [])].filter((one) => one.offsetWidth > 0);
    const cells = seen(line);
    const own = cells.findIndex((one) => one.cellIndex === column);
    const below = (row: HTMLTableRowElement | undefined) => row?.cells[column];
    if (key === 'ArrowDown') return below(lines[at + 1]);
    if (key === 'ArrowUp') return at > 0 ? below(lines[at - 1]) : undefined;
    if (key === 'ArrowRight') return cells[own + 1];
    if (key === 'ArrowLeft') return own > 0 ? cells[own - 1] : undefined;
    if (key === 'Home') return seen(ctrlKey ? lines[0] : line)[0];
    if (key === 'End') return seen(ctrlKey ? lines.at(-1) : line).at(-1);
    return undefined;
  }

  #open(target: EventTarget | null): void {
    const learner = target instanceof Element ? target.closest<HTMLElement>('tr')?.dataset['learner'] : undefined;
    const line = learner === undefined ? undefined : this.#lines.get(learner);
    if (line) this.#onOpen(line.row, line.name);
  }
}

const signature = ({ look, title, parts }: CellContent): string =>
  [look, title, ...parts.map((part) => part.textContent)].join('\n');

/** On a phone, under the name: what the columns say that have no room there. */
const briefOf = (row: RowView): string => {
  const cell = row.cells.find((one) => one.step === row.step);
  return [cell && nameOf(cell.step), cell?.criterion, ...row.why].filter(Boolean).join(' · ');
};

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
