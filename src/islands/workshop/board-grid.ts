/**
 * The board's table, learners × steps. It changes in place: a cell that is focused stays, a row that is pointed at or
 * focused does not move away, and rows glide to their new place where motion is welcome.
 */
import type { RowView, StepSummary } from '#shared/board.ts';
import { element } from '../element.ts';
import { lastCell, lessonCell, nowCell, stepCell, whyCell, type CellContent } from './board-cell.ts';
import { columnsOf, lessonOfClass, nameOf, type LessonColumns } from './board-columns.ts';
import { headRows } from './board-head.ts';
import { keepTabStop, walkByKeys } from './board-keys.ts';
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
    walkByKeys(this.#body, (cell) => this.#open(cell));
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
    this.#eachLine((line) => this.#fill(line));
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
    keepTabStop(this.#body);
    this.#showHead();
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
    this.#showHead();
    if (first) this.#bringIntoSight(lesson);
    if (first || !sameColumns) this.#eachLine((line) => this.#fill(line));
  }

  /** On a phone the class's lesson may be a few swipes away; wide boards begin at their beginning. */
  #bringIntoSight(lesson: string): void {
    const who = this.#head.querySelector<HTMLElement>('.who');
    const why = this.#head.querySelector<HTMLElement>('.why');
    const column = this.#headOf(lesson)?.closest('th');
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
    this.#headOf(lesson)?.focus();
  }

  /** A lesson's button in the head, or its cell where there is nothing to fold. */
  #headOf(lesson: string): HTMLElement | null {
    return this.#head.querySelector<HTMLElement>(`[data-lesson="${CSS.escape(lesson)}"]`);
  }

  #showHead(): void {
    const made = headRows({
      columns: this.#columns,
      rows: this.rows,
      isUnfolded: (columns) => this.#isUnfolded(columns),
      fold: (lesson) => this.#fold(lesson),
    });
    // Somebody on a button of the head would lose the focus with it.
    if (made.map((row) => row.outerHTML).join('') === [...this.#head.children].map((row) => row.outerHTML).join(''))
      return;
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['lesson'] : undefined;
    this.#head.replaceChildren(...made);
    if (focused !== undefined) this.#headOf(focused)?.focus();
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
    keepTabStop(this.#body);
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
    keepTabStop(this.#body);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const [line, top] of before) {
      const moved = top - line.element.offsetTop;
      if (moved !== 0) line.element.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], glide);
    }
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
