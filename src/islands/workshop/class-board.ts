/** The live board of one workshop: its tools, who asked for help, and the class as a grid. */
import type { BoardMessage, BoardView, RowView, WorkshopView } from '#shared/board.ts';
import { api, troubleText } from '../api.ts';
import { button, element } from '../element.ts';
import { BoardGrid } from './board-grid.ts';
import { marks, stateWords } from './board-cell.ts';
import { showHelpQueue } from './help-queue.ts';
import { LearnerPanel } from './learner-panel.ts';
import { hideNames, namesHidden } from './names.ts';
import { WorkshopTools } from './workshop-tools.ts';

const firstPause = 500;
const longestPause = 5_000;

class ClassBoard extends HTMLElement {
  readonly #workshop = new URLSearchParams(location.search).get('workshop') ?? '';
  readonly #status = element('p', { role: 'status', class: 'board-status' });
  readonly #count = element('p', { class: 'soft count' });
  readonly #queue = element('div', { class: 'row queue' });
  readonly #held = element('span', { class: 'soft', hidden: '' }, 'The order is held while you are in the board.');
  readonly #empty = element('section', { class: 'nobody', hidden: '' });
  readonly #panelPlace = element('section', { class: 'learner-panel', 'aria-label': 'The chosen learner', hidden: '' });
  readonly #hide = button('Hide names', 'small', () => this.#hideNames(!namesHidden()));
  readonly #tools = new WorkshopTools((text) => (this.#status.textContent = text), this.#hide);
  readonly #grid = new BoardGrid(
    (row, from) => this.#open(row, from),
    (held) => (this.#held.hidden = !held),
  );
  #panel: LearnerPanel | undefined;
  #me = '';

  connectedCallback(): void {
    const legend = Object.entries(marks).map(([state, mark]) => `${mark} ${stateWords[state as keyof typeof marks]}`);
    this.replaceChildren(
      this.#tools.element,
      element('div', { class: 'board-line' }, this.#count, this.#queue, this.#held),
      this.#status,
      this.#empty,
      this.#grid.element,
      element('p', { class: 'soft legend' }, [...legend, '* solution seen'].join('   ')),
      this.#panelPlace,
    );
    this.#hideNames(namesHidden());
    void this.#stay();
  }

  #hideNames(hide: boolean): void {
    hideNames(hide);
    this.#hide.setAttribute('aria-pressed', String(hide));
    this.#grid.rename();
    this.#panel?.rename();
    this.#summarise();
  }

  async #stay(): Promise<void> {
    let pause = firstPause;
    while (this.isConnected) {
      const { name } = await api<{ name: string | null }>('GET', '/api/instructor').catch(() => ({ name: this.#me }));
      if (name === null) {
        location.href = '/instructor/';
        return;
      }
      this.#me = name;
      const { good, gone } = await this.#listen();
      if (gone) {
        this.#status.textContent = 'There is no such workshop. Go back to the list.';
        return;
      }
      pause = good ? firstPause : Math.min(pause * 1.5, longestPause);
      this.#status.textContent = lost;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #listen(): Promise<{ readonly good: boolean; readonly gone: boolean }> {
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
    return { good, gone: closed.code === 4404 };
  }

  #take(message: BoardMessage): void {
    if (message.type === 'board') this.#all(message.board);
    else if (message.type === 'workshop') this.#top(message.workshop);
    else if (message.type === 'gone') this.#grid.drop(message.learner);
    else {
      this.#grid.put(message.row, message.steps);
      this.#panel?.update(message.row);
    }
    this.#summarise();
  }

  #all(board: BoardView): void {
    if (this.#status.textContent === lost) this.#status.textContent = '';
    this.#top(board.workshop);
    this.#grid.all(board.rows, board.steps);
    for (const row of board.rows) this.#panel?.update(row);
  }

  #top(workshop: WorkshopView): void {
    document.title = `${workshop.title} · Redis Clinic`;
    this.#tools.update(workshop, this.#me);
    // The way in stands where the class will be, large enough for the wall, until somebody has come.
    const nobody = workshop.members === 0;
    this.#grid.element.hidden = nobody;
    if (nobody) this.#empty.replaceChildren(element('p', {}, nobodyWords(workshop)), this.#tools.joining);
    else this.#tools.takeJoining();
    this.#empty.hidden = !nobody;
  }

  #summarise(): void {
    const { rows } = this.#grid;
    const needing = rows.filter(({ need }) => need > 0).length;
    this.#count.textContent = rows.length ? `${rows.length} learners, ${needing} may need help` : '';
    showHelpQueue(this.#queue, rows, (learner, from) => {
      const row = this.#grid.rows.find((one) => one.learner === learner);
      if (row) this.#open(row, from);
    });
  }

  #open(row: RowView, from: HTMLElement): void {
    this.#panelPlace.hidden = false;
    this.#panelPlace.replaceChildren(element('p', { role: 'status', class: 'card' }, 'Opening …'));
    this.#panel?.leave();
    const close = () => {
      this.#panel?.leave();
      this.#panel = undefined;
      this.#panelPlace.hidden = true;
      this.#panelPlace.replaceChildren();
      (from.isConnected ? from : this.#grid.element.querySelector<HTMLElement>('[tabindex="0"]'))?.focus();
    };
    const panel = new LearnerPanel(this.#tools.workshop, row, this.#tools.mine, close);
    this.#panel = panel;
    panel.ready.then(
      () => {
        if (this.#panel !== panel) return;
        this.#panelPlace.replaceChildren(panel.element);
        panel.element.focus();
      },
      (trouble: unknown) => this.#panelPlace.replaceChildren(element('p', { role: 'alert' }, troubleText(trouble))),
    );
  }
}

const lost = 'The connection is lost. The board comes back by itself.';

const nobodyWords = ({ clearedAt }: WorkshopView): string =>
  clearedAt === undefined
    ? 'Nobody has joined yet. Show the code or the picture.'
    : `The data of its learners was removed on ${new Date(clearedAt).toLocaleDateString()}, when its time was over.`;

customElements.define('class-board', ClassBoard);
