/** Above the board, in one line: what the workshop is, how to join, and menus for what is done to the whole class. */
import type { WorkshopView } from '#shared/board.ts';
import { api, troubleText } from '../api.ts';
import { ask } from '../ask.ts';
import { copyText } from '../clipboard.ts';
import { button, element, fill } from '../element.ts';
import { menu } from './board-menu.ts';
import { sayForm } from './say-form.ts';
import { settingsForm } from './settings-form.ts';

const quarter = 15 * 60_000;
const time = (iso: string): string => new Date(iso).toLocaleTimeString(undefined, { timeStyle: 'short' });
const hosts = ['redis-1', 'redis-2', 'redis-3', 'monitor'];

/** Built once for a workshop and changed in place: what is being typed in a menu stays when somebody joins. */
export class WorkshopTools {
  readonly element = element('div', { class: 'board-tools' });
  /** Picture, link and code: in its menu, or on the page while nobody has joined. */
  readonly joining = element('div', { class: 'row joining' });
  readonly #say: (text: string) => void;
  readonly #last: HTMLElement;
  readonly #title = element('h1');
  readonly #when = element('p', { class: 'soft' });
  readonly #colleagues = element('p', { class: 'row colleagues', hidden: '' });
  readonly #joinMenu = menu('Join', this.joining);
  readonly #classPlace = element('div', { class: 'stack' });
  readonly #acting: readonly HTMLElement[];
  #workshop: WorkshopView | undefined;
  #me = '';

  constructor(
    say: (text: string) => void,
    /** Stands at the end of the line. */
    last: HTMLElement,
  ) {
    this.#say = say;
    this.#last = last;
    this.#acting = [
      menu('Say to all', this.#sayToAll()),
      menu('Class', this.#classPlace),
      this.#show(),
      this.#settings(),
    ];
  }

  get workshop(): WorkshopView {
    if (!this.#workshop) throw new Error('the board has not come yet');
    return this.#workshop;
  }

  /** Whether the one who looks may act here. */
  get mine(): boolean {
    return this.workshop.instructors.includes(this.#me);
  }

  takeJoining(): void {
    this.#joinMenu.querySelector('.menu-content')?.append(this.joining);
    this.#joinMenu.hidden = false;
  }

  update(workshop: WorkshopView, me: string): void {
    const before = this.#workshop;
    this.#workshop = workshop;
    this.#me = me;
    if (before?.id !== workshop.id) this.#build(workshop);
    this.#title.textContent = workshop.title;
    this.#when.textContent = [
      {
        planned: `begins ${time(workshop.startsAt)}`,
        running: '',
        paused: 'paused',
        ended: 'ended',
        archived: 'archived',
      }[workshop.state],
      workshop.state === 'ended' || workshop.state === 'archived' ? '' : `ends ${time(workshop.endsAt)}`,
      `with ${workshop.instructors.join(', ')}`,
    ]
      .filter(Boolean)
      .join(' · ');
    for (const one of this.#acting) one.hidden = !this.mine;
    this.#colleagues.hidden = this.mine;
    fill(this.#colleagues, workshop.instructor, () => [
      `${workshop.instructor} runs this workshop. You see it; nothing you press acts in it.`,
      button('Help to run it', 'small primary', () => void this.#help()),
    ]);
    // Checkboxes and buttons that have the focus are not exchanged for equal ones.
    const shown = JSON.stringify([workshop.state, workshop.endsAt, workshop.opened, workshop.openness]);
    if (this.#classPlace.dataset['shown'] === shown) return;
    this.#classPlace.dataset['shown'] = shown;
    const focused = [...this.#classPlace.querySelectorAll(':is(button, input)')].indexOf(
      document.activeElement ?? this.element,
    );
    this.#classPlace.replaceChildren(...this.#classTools(workshop));
    const again = this.#classPlace.querySelectorAll<HTMLElement>(':is(button, input)')[focused];
    again?.focus();
  }

  get #path(): string {
    return `/api/workshops/${this.workshop.id}`;
  }

  #build({ id, code }: WorkshopView): void {
    const picture = 'The link to join, as a picture for a phone';
    this.joining.replaceChildren(
      element('img', { src: `/api/workshops/${id}/qr.svg`, alt: picture, width: '168', height: '168' }),
      element(
        'div',
        { class: 'stack' },
        element('p', {}, `Join at ${location.host}/join/`),
        element('p', { class: 'code-big' }, code),
        button('Copy the link', 'small', () => {
          const link = `${location.origin}/join/${code}`;
          void copyText(link).then((copied) => this.#say(copied ? `Copied: ${link}` : `The link is ${link}`));
        }),
      ),
    );
    this.#joinMenu.hidden = true;
    this.element.replaceChildren(
      element(
        'div',
        { class: 'board-title' },
        element('a', { href: '/instructor/' }, 'Workshops'),
        this.#title,
        this.#when,
      ),
      element(
        'div',
        { class: 'row menus' },
        this.#joinMenu,
        ...this.#acting,
        menu('Results', this.#results()),
        this.#last,
      ),
      this.#colleagues,
    );
  }

  async #do(method: string, path: string, body: unknown, done: string): Promise<boolean> {
    try {
      await api(method, path, { body });
      this.#say(done);
      return true;
    } catch (trouble) {
      this.#say(troubleText(trouble));
      return false;
    }
  }

  async #help(): Promise<void> {
    await this.#do('POST', `${this.#path}/instructors`, {}, 'You help to run this workshop now.');
  }

  #change(body: unknown, done: string): void {
    void this.#do('PUT', this.#path, body, done);
  }

  #sayToAll(): HTMLElement {
    return sayForm('say-all', 'A word or a hint for everybody', 'Say to all', (words) =>
      this.#do('POST', `${this.#path}/say`, words, 'Said to all.'),
    ).form;
  }

  #classTools({ state, endsAt, openness, lessons, opened }: WorkshopView): readonly HTMLElement[] {
    const paused = state === 'paused';
    const pause = button(paused ? 'Go on' : 'Pause', 'small', () =>
      this.#change(
        { paused: !paused },
        paused ? 'The workshop goes on.' : 'Paused: nobody can check or enter a lesson.',
      ),
    );
    const from = Math.max(Date.parse(endsAt), Date.now());
    const longer = button(state === 'ended' ? 'Go on for 15 minutes' : '15 minutes more', 'small', () =>
      this.#change({ endsAt: new Date(from + quarter).toISOString() }, '15 minutes more.'),
    );
    const end = button('End for all', 'small danger', () => {
      void ask({
        title: 'End the workshop now?',
        text: 'Nobody can join any more. What everybody did is kept, and labs stay until their time is over.',
        action: 'End the workshop',
      }).then((yes) => {
        if (yes) this.#change({ endsAt: new Date().toISOString() }, 'The workshop has ended.');
      });
    });
    const archive = button('Archive', 'small', () =>
      this.#change({ archived: true }, 'The workshop is archived; its results stay here.'),
    );
    const unarchive = button('Take out of the archive', 'small', () =>
      this.#change({ archived: false }, 'The workshop is on the list again.'),
    );
    const acts = {
      planned: [longer, end],
      running: [pause, longer, end],
      paused: [pause, longer, end],
      ended: [longer, archive],
      archived: [unarchive],
    }[state];
    return [
      element('div', { class: 'row' }, ...acts),
      ...(openness === 'opened' ? [this.#openLessons(lessons, opened)] : []),
    ];
  }

  #openLessons(lessons: readonly string[], opened: readonly string[]): HTMLElement {
    const boxes = lessons.map((slug) => {
      const box = element('input', { type: 'checkbox', ...(opened.includes(slug) ? { checked: '' } : {}) });
      box.addEventListener('change', () => {
        const others = this.workshop.opened.filter((one) => one !== slug);
        this.#change(
          { opened: box.checked ? [...others, slug] : others },
          `${slug} is ${box.checked ? 'open' : 'closed'}.`,
        );
      });
      return element('label', { class: 'choice' }, box, slug);
    });
    return element('fieldset', { class: 'stack' }, element('legend', {}, 'Open lessons'), ...boxes);
  }

  #show(): HTMLElement {
    const options = hosts.map((host) => element('option', { value: host }, host));
    const shown = element('select', { id: 'show-host' }, element('option', { value: '' }, 'nothing'), ...options);
    shown.addEventListener('change', () => {
      const host = shown.value;
      const done = host ? `Your terminal on ${host} is on everybody’s page.` : 'Nothing is shown any more.';
      void this.#do('POST', `${this.#path}/show`, { host: host || null }, done).then((yes) => {
        if (!yes) shown.value = '';
      });
    });
    const made = menu(
      'Show',
      element(
        'div',
        { class: 'stack' },
        element('label', { for: 'show-host' }, 'Show to all: your own terminal on'),
        shown,
        element('p', { class: 'soft' }, 'Start a lab of your own first: open a lesson in this browser.'),
      ),
    );
    // After a reload, or by a colleague, something may be shown already.
    made.addEventListener('toggle', () => {
      if (!made.open) return;
      api<{ host: string } | null>('GET', `${this.#path}/show`).then(
        (now) => (shown.value = now?.host ?? ''),
        (trouble: unknown) => this.#say(troubleText(trouble)),
      );
    });
    return made;
  }

  /** Made at each opening, with what holds then. */
  #settings(): HTMLElement {
    const place = element('div');
    const made = menu('Settings', place);
    made.addEventListener('toggle', () => {
      if (!made.open) return;
      place.replaceChildren(
        settingsForm(this.workshop, (changed) => {
          void this.#do('PUT', this.#path, changed, 'The settings are changed.').then((yes) => {
            if (yes) made.open = false;
          });
        }),
      );
    });
    return made;
  }

  #results(): HTMLElement {
    const files = [
      ['learners.csv', 'one row a learner'],
      ['attempts.csv', 'one row a check'],
      ['results.json', 'everything, with evidence'],
    ] as const;
    const id = this.workshop.id;
    return element(
      'div',
      { class: 'stack' },
      ...files.map(([file, what]) =>
        element(
          'p',
          {},
          element('a', { href: `/api/workshops/${id}/results/${file}`, download: '' }, file),
          element('span', { class: 'soft' }, ` ${what}`),
        ),
      ),
      element('p', {}, element('a', { href: `/instructor/papers/?workshop=${id}` }, 'Papers to print')),
      element('p', { class: 'soft' }, 'Files hold the learners’ names, hidden or not.'),
    );
  }
}
