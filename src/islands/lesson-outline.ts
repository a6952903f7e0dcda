/** The contents in the header: which part is being read, which steps and lessons are done. */
import type { StepState } from '#shared/wire.ts';
import { lessonState } from './lesson-state.ts';
import { live, onLive } from './live.ts';
import { keepPlace, onScroll, partAtHand } from './reading-place.ts';

const words: Readonly<Record<StepState, string>> = {
  open: '',
  'at-work': 'at work',
  done: 'done',
  skipped: 'skipped',
};

class LessonOutline extends HTMLElement {
  readonly #links = [...this.querySelectorAll<HTMLAnchorElement>('.outline-parts a')];
  readonly #parts = this.#links.flatMap((link) => document.querySelector<HTMLElement>(link.hash) ?? []);
  #at: string | undefined;

  connectedCallback(): void {
    for (const link of this.#links) link.addEventListener('click', () => this.hidePopover());
    onScroll(() => this.#read());
    onLive(['hello', 'progress'], () => this.#showProgress());
    this.#showProgress();
  }

  #read(): void {
    const at = partAtHand(this.#parts)?.id;
    if (at === this.#at) return;
    this.#at = at;
    keepPlace(this.dataset.lesson ?? '', at);
    for (const link of this.#links) {
      if (at !== undefined && link.hash === `#${at}`) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    }
  }

  #showProgress(): void {
    const stateOf = (step: string) => live.current.progress.get(step)?.state ?? 'open';
    for (const item of this.querySelectorAll<HTMLElement>('[data-step]')) show(item, stateOf(item.dataset.step ?? ''));
    for (const item of this.querySelectorAll<HTMLElement>('[data-steps]'))
      show(item, lessonState((item.dataset.steps ?? '').split(' ').map(stateOf)));
  }
}

function show(item: HTMLElement, state: StepState): void {
  item.dataset.progress = state;
  const place = item.querySelector('[data-state]');
  if (place) place.textContent = words[state];
}

customElements.define('lesson-outline', LessonOutline);
