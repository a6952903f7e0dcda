/**
 * In a member's lesson page: which workshop this is, 'I need help', who looks into a terminal, and the leave to type.
 * Alone at home (no workshop) it stays hidden.
 */
import type { MembershipView } from '#shared/board.ts';
import type { LiveMessage } from '#shared/wire.ts';
import { api, troubleText } from '../api.ts';
import { button, element } from '../element.ts';
import { onLive } from '../live.ts';

type Looking = Extract<LiveMessage, { type: 'looking' }>;
type Typing = Extract<LiveMessage, { type: 'typing' }>;

class WorkshopBar extends HTMLElement {
  readonly #place = element('span', { class: 'workshop-name' });
  readonly #help = element('span', { class: 'row' });
  readonly #watch = element('span', { class: 'row watch', role: 'status' });
  readonly #class = element('span', { class: 'row' });
  readonly #show = element('div', { class: 'look', hidden: '' });
  readonly #looks = new Map<string, Looking>();
  #typing: Typing | undefined;

  connectedCallback(): void {
    this.hidden = true;
    this.append(this.#place, this.#help, this.#class, this.#watch, this.#show);
    onLive(['showing'], ({ by, on }) => this.#showing(on ? by : undefined));
    onLive(['looking'], (message) => {
      if (message.looks) this.#looks.set(message.terminal + message.by, message);
      else this.#looks.delete(message.terminal + message.by);
      this.#showWatch();
    });
    onLive(['typing'], (message) => {
      this.#typing = message.state === 'ended' ? undefined : message;
      this.#showWatch();
    });
    // One key takes the leave back, wherever the focus is.
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || this.#typing?.state !== 'allowed') return;
        event.preventDefault();
        event.stopPropagation();
        void this.#allow(false);
      },
      { capture: true },
    );
    void api<MembershipView | null>('GET', '/api/membership')
      .catch(() => null)
      .then((membership) => membership && this.#tell(membership));
  }

  #tell(membership: MembershipView): void {
    this.hidden = false;
    this.#place.textContent = `${membership.workshop.title} · ${membership.name}`;
    const step = () => document.querySelector<HTMLElement>('step-checks')?.dataset['step'];
    const act = membership.helpAskedAt
      ? button('Help is on its way – take it back', 'small', () => void this.#change('DELETE'))
      : button(
          'I need help',
          'small',
          () => void this.#change('POST', { text: '', ...(step() ? { step: step() } : {}) }),
        );
    this.#help.replaceChildren(act);
    this.#showing(membership.showing);
    const lesson = membership.classStep?.split('/')[0];
    const elsewhere = lesson !== undefined && !location.pathname.startsWith(`/lessons/${lesson}/`);
    this.#class.replaceChildren(
      ...(elsewhere ? [element('a', { href: `/lessons/${lesson}/` }, `The class is at “${lesson}”`)] : []),
    );
  }

  /** What the instructor shows to all opens here; `by` is undefined when it has ended. */
  #showing(by: string | undefined): void {
    this.#show.hidden = by === undefined;
    if (by === undefined) this.#show.replaceChildren();
    else if (!this.#show.hasChildNodes())
      void import('./look-pane.ts').then(({ lookInto }) => lookInto(this.#show, { door: '/show' }));
  }

  async #change(method: string, body?: unknown): Promise<void> {
    try {
      this.#tell(await api<MembershipView>(method, '/api/help', body === undefined ? {} : { body }));
    } catch (trouble) {
      this.#help.append(element('span', { role: 'alert' }, troubleText(trouble)));
    }
  }

  async #allow(allowed: boolean): Promise<void> {
    await api('PUT', '/api/typing', { body: { allowed } });
  }

  #showWatch(): void {
    const who = [...new Set([...this.#looks.values()].map((one) => one.by))].join(', ');
    const parts: Node[] = who ? [element('span', { class: 'looks' }, `${who} is looking at your terminal`)] : [];
    if (this.#typing?.state === 'asked')
      parts.push(
        element('span', {}, `${this.#typing.by} asks to type.`),
        button('Allow', 'small primary', () => void this.#allow(true)),
        button('No', 'small', () => {
          this.#typing = undefined;
          this.#showWatch();
        }),
      );
    if (this.#typing?.state === 'allowed')
      parts.push(
        element('span', { class: 'typing' }, 'Your instructor may type. Esc ends it.'),
        button('End', 'small', () => void this.#allow(false)),
      );
    this.#watch.replaceChildren(...parts);
  }
}

customElements.define('workshop-bar', WorkshopBar);
