/** The step at hand at a glance. What it says is read from the step's own list: that stays the one place of truth. */
import { element } from './element.ts';
import { onLive } from './live.ts';
import { onScroll, partAtHand } from './reading-place.ts';

class StepGlance extends HTMLElement {
  readonly #lists = [...document.querySelectorAll<HTMLElement>('step-checks')];
  readonly #steps = this.#lists.flatMap((list) => list.closest<HTMLElement>('.step') ?? []);
  #shown = '';

  connectedCallback(): void {
    onScroll(() => this.#show());
    // The lists have changed when the frame is drawn, whichever of us heard of it first.
    onLive(['hello', 'progress', 'verdict', 'checking'], () => requestAnimationFrame(() => this.#show()));
  }

  #show(): void {
    const step = partAtHand(this.#steps) ?? this.#steps[0];
    const list = step?.querySelector<HTMLElement>('step-checks');
    this.hidden = !step || !list || !isBegun(step) || isSeen(list);
    if (!this.hidden && step && list) this.#say(step, list);
  }

  #say(step: HTMLElement, list: HTMLElement): void {
    const items = [...list.querySelectorAll<HTMLElement>('[data-criterion]')];
    const states = items.map((item) => item.dataset.state ?? 'open');
    const busy = list.getAttribute('aria-busy') === 'true';
    const shown = [step.id, busy, ...states].join(' ');
    if (shown === this.#shown) return;
    this.#shown = shown;
    const next = items[states.findIndex((state) => state !== 'met' && state !== 'unverifiable')];
    this.toggleAttribute('data-busy', busy);
    this.querySelector('a')?.setAttribute('href', `#${list.id}`);
    this.querySelector('.glance-marks')?.replaceChildren(
      ...states.map((state) => element('span', { 'data-state': state })),
    );
    const met = states.filter((state) => state === 'met').length;
    this.#part('count', next ? `${met} of ${states.length} met` : 'This step is done');
    this.#part('next', next ? (next.querySelector('[data-asks]')?.textContent ?? '') : '');
  }

  #part(name: string, text: string): void {
    const place = this.querySelector(`[data-${name}]`);
    if (place) place.textContent = text;
  }
}

const isBegun = (step: HTMLElement): boolean => step.dataset['progress'] !== 'open';

/** Whether the list stands in the window with more than its edge. */
function isSeen(list: HTMLElement): boolean {
  const { top, bottom } = list.getBoundingClientRect();
  return top < window.innerHeight * 0.8 && bottom > 120;
}

customElements.define('step-glance', StepGlance);
