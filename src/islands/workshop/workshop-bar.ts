/**
 * In a member's lesson page: which workshop this is, 'I need help', who looks into a terminal, and the leave to type.
 * Alone at home (no workshop) it stays hidden.
 */
import type { MembershipView, WorkshopView } from '#shared/board.ts';
import type { StepId, StepProgress } from '#shared/wire.ts';
import { api, troubleText } from '../api.ts';
import { ask, tell } from '../ask.ts';
import { button, element } from '../element.ts';
import { lessonTitleOf } from '../lesson-titles.ts';
import { live, onLive } from '../live.ts';
import { stepAtHand } from '../step-at-hand.ts';
import { onSubmit } from '../submit.ts';

const isOver = (progress: StepProgress | undefined): boolean =>
  progress?.state === 'done' || progress?.state === 'skipped';

const stateWords = ({ state, startsAt }: WorkshopView): string =>
  ({
    planned: `It begins ${new Date(startsAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}.`,
    running: '',
    paused: 'The instructor has paused it.',
    ended: 'It has ended; you can go on alone.',
    archived: 'It has ended; you can go on alone.',
  })[state];

class WorkshopBar extends HTMLElement {
  readonly #strip = element('div', { class: 'strip' });
  readonly #place = element('span', { class: 'workshop-name' });
  readonly #state = element('span', { role: 'status' });
  readonly #help = element('span', { class: 'row' });
  readonly #watch = element('span', { class: 'row watch', role: 'status' });
  readonly #class = element('span', { class: 'row' });
  readonly #show = element('div', { class: 'look', id: 'shown', hidden: '' });
  #membership: MembershipView | undefined;
  /** The terminal that is shown to all. */
  #shown: string | undefined;
  #endShow: (() => void) | undefined;

  connectedCallback(): void {
    this.hidden = true;
    this.#strip.append(this.#place, this.#state, this.#help, this.#class, this.#watch);
    this.append(this.#strip, this.#show);
    onLive(['hello', 'membership'], ({ membership }) => this.#tell(membership));
    // One key takes the leave back, wherever the focus is.
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || this.#membership?.mayType === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        void this.#allow(false);
      },
      { capture: true },
    );
  }

  /** Undefined for who learns alone, and for who is no member any more. */
  #tell(membership: MembershipView | undefined): void {
    const before = this.#membership;
    this.#membership = membership;
    this.hidden = membership === undefined;
    this.#showing(membership?.showing);
    if (!membership) return;
    const { workshop, name } = membership;
    this.#place.replaceChildren(element('bdi', {}, workshop.title), ' · ', element('bdi', {}, name));
    this.#state.textContent = stateWords(workshop);
    this.#help.hidden = workshop.state === 'ended' || workshop.state === 'archived';
    // What is being typed into it stays.
    if (!before || (before.helpAskedAt === undefined) !== (membership.helpAskedAt === undefined))
      this.#showHelp(membership.helpAskedAt !== undefined);
    this.#class.replaceChildren(...this.#classPlace(membership.classStep));
    this.#showWatch(membership);
    if (!before) this.#uncover();
  }

  /** Who came by a link to a part of the page was there before the strip, and the part may be under it. */
  #uncover(): void {
    const part = document.getElementById(location.hash.slice(1));
    const top = part?.getBoundingClientRect().top ?? -1;
    if (top >= 0 && top < this.#strip.getBoundingClientRect().bottom) part?.scrollIntoView();
  }

  /** One press is enough; words can follow while one waits. */
  #showHelp(asked: boolean): void {
    const ask = (text: string) => {
      const step = stepAtHand()?.dataset['step'];
      return this.#change('POST', { text, ...(step ? { step } : {}) });
    };
    if (asked)
      this.#help.replaceChildren(
        element('span', {}, 'You have asked for help.'),
        this.#wordsFor(ask),
        button('Take it back', 'small', () => void this.#change('DELETE')),
      );
    else this.#help.replaceChildren(button('I need help', 'small', () => void ask('')));
  }

  #wordsFor(ask: (text: string) => Promise<void>): HTMLElement {
    const words = element('input', {
      maxlength: '500',
      'aria-label': 'What is it about? (optional)',
      placeholder: 'What is it about?',
    });
    const form = element('form', { class: 'row' }, words, element('button', { class: 'button small' }, 'Add'));
    onSubmit(form, async () => {
      await ask(words.value);
      form.reset();
      words.placeholder = 'Said.';
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

  /** What the instructor shows to all opens here. */
  #showing(showing: MembershipView['showing']): void {
    if (showing?.terminal === this.#shown) return;
    this.#shown = showing?.terminal;
    this.#endShow?.();
    if (!showing) return;
    void import('./look-pane.ts').then(({ lookInto }) => {
      if (this.#shown === showing.terminal) this.#endShow = lookInto(this.#show, { door: '/show' }).end;
    });
  }

  async #change(method: string, body?: unknown): Promise<void> {
    try {
      this.#tell(await api<MembershipView>(method, '/api/help', body === undefined ? {} : { body }));
    } catch (trouble) {
      await tell(troubleText(trouble));
    }
  }

  async #allow(allowed: boolean): Promise<void> {
    await api('PUT', '/api/typing', { body: { allowed } }).catch((trouble: unknown) => tell(troubleText(trouble)));
  }

  #showWatch({ lookers, asksToType, mayType, showing }: MembershipView): void {
    const parts: Node[] = [];
    if (lookers.length)
      parts.push(
        element(
          'span',
          { class: 'looks' },
          `${lookers.join(', ')} ${lookers.length === 1 ? 'is' : 'are'} looking at your terminal`,
        ),
      );
    if (mayType !== undefined)
      parts.push(
        element('span', { class: 'typing' }, `${mayType} may type. Esc ends it.`),
        button('End', 'small', () => void this.#allow(false)),
      );
    if (asksToType !== undefined)
      parts.push(
        element('span', {}, `${asksToType} asks to type.`),
        button('Allow', 'small primary', () => void this.#allow(true)),
        button('No', 'small', () => void this.#allow(false)),
      );
    if (showing) parts.push(element('a', { href: '#shown' }, `${showing.by} shows ${showing.host}`));
    const text = (nodes: Iterable<Node>) => [...nodes].map((node) => node.textContent).join();
    // Told again without a change: a button that has the focus stays, and nothing is read out twice.
    if (text(parts) !== text(this.#watch.childNodes)) this.#watch.replaceChildren(...parts);
  }
}

customElements.define('workshop-bar', WorkshopBar);
