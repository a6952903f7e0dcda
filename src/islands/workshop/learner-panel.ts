/** One learner of the board: why they need help, what can be done, a look into their terminals, and what was done so far. */
import type { RowView, WorkshopView } from '#shared/board.ts';
import type { TerminalView } from '#shared/wire.ts';
import { sentenceOf } from '../../workshops/log.ts';
import type { Happening } from '../../workshops/records.ts';
import { api, troubleText } from '../api.ts';
import { ask } from '../ask.ts';
import { button, element, fill, sentence } from '../element.ts';
import { duration } from './board-cell.ts';
import { lessonOf, nameOf } from './board-columns.ts';
import { shownName } from './names.ts';
import type { OpenLook } from './look-pane.ts';
import { sayForm, type Words } from './say-form.ts';

interface Details {
  readonly terminals: readonly TerminalView[];
  readonly log: readonly (Pick<Happening, 'kind' | 'text' | 'by'> & { readonly at: string })[];
}

/** Of the log, as many as are read. */
const logShown = 50;

export class LearnerPanel {
  readonly element = element('div', { class: 'card stack', tabindex: '-1' });
  /** Resolves when the panel can be shown. */
  readonly ready: Promise<void>;
  readonly #path: string;
  readonly #workshop: WorkshopView;
  readonly #name = element('h2');
  readonly #state = element('div', { class: 'stack' });
  readonly #status = element('p', { role: 'status' });
  readonly #looks = element('div', { class: 'row' });
  readonly #screen = element('div', { class: 'look', hidden: '' });
  readonly #log = element('ol', { class: 'log' });
  readonly #say = sayForm('say-one', '', '', (words) => this.#speak(words));
  #row: RowView;
  #details: Details = { terminals: [], log: [] };
  #openLook: OpenLook | undefined;
  #left = false;

  constructor(
    workshop: WorkshopView,
    row: RowView,
    /** Whether this instructor may act here. */
    mine: boolean,
    onClose: () => void,
  ) {
    this.#row = row;
    this.#workshop = workshop;
    this.#path = `/api/workshops/${workshop.id}/learners/${row.learner}`;
    this.element.append(
      element('div', { class: 'row panel-head' }, this.#name, button('Close', 'small quiet', onClose)),
      this.#state,
      ...(mine ? [this.#say.form, this.#tools(), this.#looks, this.#screen] : []),
      this.#status,
      element('details', { open: '' }, element('summary', {}, 'What happened'), this.#log),
    );
    this.element.addEventListener('keydown', (event) => {
      // In a terminal that is looked into, Escape is a key like any other.
      if (event.key !== 'Escape' || (event.target instanceof Element && event.target.closest('.look'))) return;
      event.stopPropagation();
      onClose();
    });
    this.ready = this.#refresh();
  }

  /** The learner's row has changed, and with it perhaps the log and the terminals. */
  update(row: RowView): void {
    if (row.learner !== this.#row.learner) return;
    this.#row = row;
    this.#show();
    void this.#refresh().catch(() => undefined);
  }

  rename(): void {
    this.#show();
  }

  leave(): void {
    this.#left = true;
    this.#openLook?.end();
  }

  async #refresh(): Promise<void> {
    const told = this.#details.log.length;
    this.#details = await api<Details>('GET', this.#path);
    this.#show();
    // What the learner answered stands where the question was asked.
    const answer = this.#details.log.slice(told).findLast(({ kind }) => kind === 'typed');
    if (answer) this.#openLook?.say(`${this.#sentence(answer)}.`);
  }

  #sentence(one: Details['log'][number]): string {
    return sentenceOf({ ...one, by: one.by === this.#row.name ? shownName(this.#row) : one.by });
  }

  #show(): void {
    const row = this.#row;
    const cell = row.cells.find((one) => one.step === row.step);
    const facts = [
      ...(row.help
        ? [element('p', { class: 'help-text' }, `Asked for help${row.help.text ? `: ${row.help.text}` : '.'}`)]
        : []),
      ...(cell
        ? [
            element('p', {}, element('strong', {}, cell.step), ` for ${duration(cell.seconds) || 'a moment'}`),
            ...(cell.criterion
              ? [
                  element(
                    'p',
                    { class: 'finding' },
                    element('code', {}, cell.criterion),
                    ' ',
                    ...sentence(cell.finding ?? ''),
                  ),
                ]
              : []),
          ]
        : [element('p', { class: 'soft' }, 'Has not begun a step yet.')]),
      ...(row.why.length ? [element('p', { class: 'soft' }, row.why.join(', '))] : []),
    ];
    this.#name.textContent = shownName(row);
    this.#state.replaceChildren(...facts);
    if (row.help) this.#say.rename('Answer the call for help', 'Answer');
    else this.#say.rename(`Say to ${shownName(row)}, beside the step`, 'Say');
    this.#showLooks();
    const log = this.#details.log.toReversed().slice(0, logShown);
    this.#log.replaceChildren(
      ...log.map((one) => {
        const time = new Date(one.at).toLocaleTimeString(undefined, { timeStyle: 'short' });
        return element('li', {}, element('time', { datetime: one.at }, time), ` ${this.#sentence(one)}`);
      }),
    );
  }

  #showLooks(): void {
    const terminals = this.#details.terminals.map(({ id, host }) => ({ id, host }));
    fill(this.#looks, terminals, () =>
      terminals.length > 0
        ? terminals.map(({ id, host }) => button(`Look: ${host}`, 'small', () => this.#look(id)))
        : [element('span', { class: 'soft' }, 'No terminal is open in this lab.')],
    );
  }

  #look(terminal: string): void {
    this.#screen.hidden = false;
    void import('./look-pane.ts').then(({ lookInto }) => {
      if (this.#left) return;
      const query = new URLSearchParams({ workshop: this.#workshop.id, learner: this.#row.learner, terminal });
      this.#openLook = lookInto(this.#screen, {
        door: `/look?${query}`,
        askToType: () => api('POST', `${this.#path}/ask-to-type`),
        comeIntoSight: true,
      });
    });
  }

  async #act(what: string, body: unknown, done: string): Promise<boolean> {
    try {
      await api('POST', `${this.#path}/${what}`, { body });
      this.#status.textContent = done;
      void this.#refresh().catch(() => undefined);
      return true;
    } catch (trouble) {
      this.#status.textContent = troubleText(trouble);
      return false;
    }
  }

  #speak(words: Words): Promise<boolean> {
    const { help, step } = this.#row;
    return this.#act(help ? 'answer' : 'say', { ...words, ...(step === undefined ? {} : { step }) }, 'Said.');
  }

  #tools(): HTMLElement {
    const minutes = element('select', { 'aria-label': 'Minutes to give' });
    minutes.append(...['15', '30', '60'].map((value) => element('option', { value }, `${value} minutes`)));
    const give = button('Give time', 'small', () => {
      void this.#act('time', { minutes: Number(minutes.value) }, `The lab has ${minutes.value} minutes more.`);
    });
    const unlock = button('Unlock the solution', 'small', () => {
      const { step } = this.#row;
      if (step === undefined) this.#status.textContent = 'No step has been begun, so there is no solution to unlock.';
      else void this.#act('unlock', { step }, `The solution of ${step} is unlocked.`);
    });
    const reset = button('Reset the lab', 'small danger', () => {
      void this.#sure('Reset', 'it is made anew at the start of the lesson').then((yes) => {
        if (yes) void this.#act('reset', {}, 'The lab is fresh.');
      });
    });
    return element(
      'div',
      { class: 'stack' },
      element('div', { class: 'row' }, minutes, give, unlock, reset),
      this.#bring(),
    );
  }

  /** To any step of the workshop: fast-forward, back, or to where the class is. */
  #bring(): HTMLElement {
    const place = element('select', { id: 'bring-to' });
    const groups = Map.groupBy(this.#row.cells, ({ step }) => lessonOf(step));
    for (const [lesson, cells] of groups)
      place.append(
        element(
          'optgroup',
          { label: lesson },
          ...cells.map(({ step }) => element('option', { value: step }, nameOf(step))),
        ),
      );
    place.value = this.#row.step ?? this.#row.cells[0]?.step ?? '';
    const bring = button('Bring', 'small', () => {
      const step = place.value;
      void this.#sure(`Bring it to ${step}`, 'a fresh one is brought there by the solutions of the steps before').then(
        (yes) => {
          if (!yes) return;
          this.#status.textContent = `Bringing the lab to ${step} …`;
          void this.#act('bring', { lesson: lessonOf(step), step }, 'The lab is there.');
        },
      );
    });
    return element('div', { class: 'row' }, element('label', { for: 'bring-to' }, 'Bring the lab to'), place, bring);
  }

  #sure(action: string, what: string): Promise<boolean> {
    return ask({
      title: `${action}: ${shownName(this.#row)}’s lab?`,
      text: `All work in the lab is lost; ${what}. Progress stays.`,
      action,
    });
  }
}
