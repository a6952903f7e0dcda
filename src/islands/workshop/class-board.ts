/** The live board of one workshop: learners × steps, who needs help first. */
import type { BoardMessage, BoardView, RowView, StepSummary, WorkshopView } from '#shared/board.ts';
import { api, troubleText } from '../api.ts';
import { button, element } from '../element.ts';
import { boardCell, duration, lastCell } from './board-cell.ts';
import { learnerPanel } from './learner-panel.ts';
import { workshopTools } from './workshop-tools.ts';

const firstPause = 500;
const longestPause = 5_000;

class ClassBoard extends HTMLElement {
  readonly #workshop = new URLSearchParams(location.search).get('workshop') ?? '';
  readonly #tools = element('div', { class: 'board-tools' });
  readonly #head = element('thead');
  readonly #body = element('tbody');
  readonly #panel = element('section', { class: 'learner-panel', 'aria-label': 'The chosen learner', hidden: '' });
  readonly #status = element('p', { role: 'status' });
  readonly #rows = new Map<string, { readonly row: RowView; readonly line: HTMLTableRowElement }>();
  #hideNames = false;

  connectedCallback(): void {
    const hide = button('Hide names', 'small', () => {
      this.#hideNames = !this.#hideNames;
      hide.setAttribute('aria-pressed', String(this.#hideNames));
      for (const { row } of this.#rows.values()) this.#put(row);
    });
    hide.setAttribute('aria-pressed', 'false');
    this.replaceChildren(
      this.#tools,
      element('div', { class: 'row' }, hide, this.#status),
      element(
        'div',
        { class: 'board-scroll', tabindex: '0', role: 'region', 'aria-label': 'Board' },
        element('table', { class: 'board' }, this.#head, this.#body),
      ),
      this.#panel,
    );
    void this.#stay();
  }

  async #stay(): Promise<void> {
    let pause = firstPause;
    while (this.isConnected) {
      const { name } = await api<{ name: string | null }>('GET', '/api/instructor').catch(() => ({ name: '' }));
      if (name === null) {
        location.href = '/instructor/';
        return;
      }
      const good = await this.#listen();
      pause = good ? firstPause : Math.min(pause * 1.5, longestPause);
      this.#status.textContent = 'The connection is lost. The board comes back by itself.';
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #listen(): Promise<boolean> {
    const address = new URL(
      `/board?workshop=${encodeURIComponent(this.#workshop)}`,
      location.href.replace(/^http/, 'ws'),
    );
    const socket = new WebSocket(address);
    let good = false;
    socket.addEventListener('message', (event: MessageEvent<string>) => {
      good = true;
      this.#take(JSON.parse(event.data) as BoardMessage);
    });
    const closed = await new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));
    if (closed.code === 4404) this.#status.textContent = 'There is no such workshop. Go back to the list.';
    return good;
  }

  #take(message: BoardMessage): void {
    if (message.type === 'board') this.#all(message.board);
    else if (message.type === 'workshop') this.#top(message.workshop);
    else if (message.type === 'gone') this.#drop(message.learner);
    else {
      this.#put(message.row);
      this.#summaries(message.steps);
    }
  }

  #all(board: BoardView): void {
    this.#status.textContent = board.rows.length ? '' : 'Nobody has joined yet. Show the code or the picture.';
    this.#rows.clear();
    this.#body.replaceChildren();
    this.#top(board.workshop);
    for (const row of board.rows) this.#put(row);
    this.#summaries(board.steps);
  }

  #top(workshop: WorkshopView): void {
    document.title = `${workshop.title} · Redis Clinic`;
    this.#tools.replaceChildren(
      ...workshopTools(workshop, (text) => {
        this.#status.textContent = text;
      }),
    );
  }

  #drop(learner: string): void {
    this.#rows.get(learner)?.line.remove();
    this.#rows.delete(learner);
  }

  #summaries(steps: readonly StepSummary[]): void {
    const total = this.#rows.size;
    const heads = steps.map((step) => {
      const [lesson, name] = step.step.split('/');
      return element(
        'th',
        { scope: 'col', class: 'step' },
        element('span', { class: 'lesson' }, lesson ?? ''),
        element('span', {}, name ?? ''),
      );
    });
    const sums = steps.map((step) => {
      const median = step.medianSeconds === undefined ? '' : `median ${duration(Math.round(step.medianSeconds))}`;
      const spread = step.spreadSeconds?.map((seconds) => duration(Math.round(seconds))).join(' to ') ?? '';
      const failing = step.failing
        ? `${step.failing.criterion} fails for ${step.failing.learners}: ${step.failing.finding}`
        : '';
      return element(
        'td',
        { class: 'sum', title: [spread && `half of them took ${spread}`, failing].filter(Boolean).join('; ') },
        element('strong', {}, `${step.through}`),
        ` of ${total} `,
        element('span', { class: 'soft' }, median),
        ...(step.failing
          ? [element('span', { class: 'criterion' }, `${step.failing.criterion} × ${step.failing.learners}`)]
          : []),
      );
    });
    this.#head.replaceChildren(
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, 'Learner'),
        element('th', { scope: 'col' }, 'Needs help'),
        ...heads,
        element('th', { scope: 'col' }, 'Last command'),
      ),
      element(
        'tr',
        { class: 'sums' },
        element('th', { scope: 'row' }, 'Through'),
        element('td'),
        ...sums,
        element('td'),
      ),
    );
  }

  #put(row: RowView): void {
    const before = this.#rows.get(row.learner);
    const line = this.#line(row);
    this.#rows.set(row.learner, { row, line });
    if (before) before.line.replaceWith(line);
    // Rows move to where they belong, but never away from under the hand.
    if (before && (before.row.need === row.need || this.#body.matches(':hover, :focus-within'))) return;
    const after = [...this.#rows.values()]
      .filter((one) => one.row.learner !== row.learner && one.row.need < row.need)
      .toSorted((a, b) => b.row.need - a.row.need)[0];
    if (after) after.line.before(line);
    else this.#body.append(line);
  }

  #line(row: RowView): HTMLTableRowElement {
    const shown = this.#hideNames
      ? `Learner ${[...this.#rows.keys()].indexOf(row.learner) + 1 || this.#rows.size + 1}`
      : row.name;
    const open = button(shown, 'small quiet', () => {
      this.#panel.hidden = false;
      this.#panel.replaceChildren(element('p', { role: 'status' }, 'Opening …'));
      learnerPanel(this.#workshop, this.#rows.get(row.learner)?.row ?? row, () => {
        this.#panel.hidden = true;
        open.focus();
      }).then(
        (panel) => {
          this.#panel.replaceChildren(panel);
          panel.focus();
        },
        (trouble: unknown) => this.#panel.replaceChildren(element('p', { role: 'alert' }, troubleText(trouble))),
      );
    });
    return element(
      'tr',
      { class: row.need > 0 ? 'needs' : undefined },
      element('th', { scope: 'row' }, open),
      element('td', { class: 'why' }, row.why.join(', ')),
      ...row.cells.map((cell) => boardCell(cell, cell.step === row.step)),
      lastCell(row),
    );
  }
}

customElements.define('class-board', ClassBoard);
