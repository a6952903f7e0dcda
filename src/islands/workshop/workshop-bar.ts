/**
 * In a member's lesson page: which workshop this is, 'I need help', who looks into a terminal, and the leave to type.
 * Alone at home (no workshop) it stays hidden.
 */
import type { MembershipView } from '#shared/board.ts';
import type { LiveMessage, StepId, StepProgress } from '#shared/wire.ts';
import { api, troubleText } from '../api.ts';
import { ask, tell } from '../ask.ts';
import { button, element } from '../element.ts';
import { lessonTitleOf } from '../lesson-titles.ts';
import { live, onLive } from '../live.ts';

type Looking = Extract<LiveMessage, { type: 'looking' }>;
type Typing = Extract<LiveMessage, { type: 'typing' }>;

const isOver = (progress: StepProgress | undefined): boolean =>
  progress?.state === 'done' || progress?.state === 'skipped';

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
    const ask = (text: string) => this.#change('POST', { text, ...(step() ? { step: step() } : {}) });
    // One press is enough; words can follow while one waits.
    if (membership.helpAskedAt)
      this.#help.replaceChildren(
        element('span', {}, 'You have asked for help.'),
        this.#wordsFor(ask),
        button('Take it back', 'small', () => void this.#change('DELETE')),
      );
    else this.#help.replaceChildren(button('I need help', 'small', () => void ask('')));
    this.#showing(membership.showing);
    this.#class.replaceChildren(...this.#classPlace(membership.classStep));
  }

  #wordsFor(ask: (text: string) => Promise<void>): HTMLElement {
    const words = element('input', {
      maxlength: '500',
      'aria-label': 'What is it about? (optional)',
      placeholder: 'What is it about?',
    });
    const form = element('form', { class: 'row' }, words, element('button', { class: 'button small' }, 'Add'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void ask(words.value).then(() => this.#help.querySelector('input')?.setAttribute('placeholder', 'Said.'));
    });
    return form;
  }

  /** Where most of the class is, when that is further on than this learner, and the one press that leads there. */
  #classPlace(step: StepId | undefined): readonly HTMLElement[] {
    if (step === undefined || isOver(live.current.progress.get(step)) || this.#at() === step) return [];
    return [
      element('span', {}, `The class is at ${lessonTitleOf(step)}`),
      button('Bring my lab there', 'small', () => void this.#catchUp(step)),
    ];
  }

  async #catchUp(step: StepId): Promise<void> {
    const agreed = await ask({
      title: 'Bring your lab to where the class is?',
      text: `A fresh lab is made for ${lessonTitleOf(step)}, and the solutions of the steps before it run in it; those you have not done are noted as skipped. What is in your lab now is lost.`,
      action: 'Bring it there',
    });
    if (!agreed) return;
    try {
      const { lesson } = await api<{ lesson: string }>('POST', '/api/catch-up');
      location.href = `/lessons/${lesson}/`;
    } catch (trouble) {
      await tell(troubleText(trouble));
    }
  }

  /** The step that the learner's lab stands at, as far as this page knows. */
  #at(): StepId | undefined {
    const begun = [...live.current.progress.values()].filter(({ state }) => state === 'at-work');
    return begun.toSorted((a, b) => (a.begunAt ?? '').localeCompare(b.begunAt ?? '')).at(-1)?.step;
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
        element('span', { class: 'typing' }, `${this.#typing.by} may type. Esc ends it.`),
        button('End', 'small', () => void this.#allow(false)),
      );
    this.#watch.replaceChildren(...parts);
  }
}

customElements.define('workshop-bar', WorkshopBar);
