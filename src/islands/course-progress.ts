/** The learner's progress on the course's path, and the way back to where they left. */
import type { LabView, StepProgress } from '#shared/wire.ts';
import { api } from './api.ts';
import { lessonState, type LessonState } from './lesson-state.ts';
import { placeIn } from './reading-place.ts';

const words: Readonly<Record<LessonState, string>> = {
  open: '',
  'at-work': 'At work',
  done: 'Done',
  skipped: 'Done, with steps skipped',
};

class CourseProgress extends HTMLElement {
  connectedCallback(): void {
    void this.#load();
    // Another tab may have gone on meanwhile; so may this one, when it comes out of the browser's back cache.
    document.addEventListener('visibilitychange', () => !document.hidden && void this.#load());
  }

  async #load(): Promise<void> {
    try {
      this.#show(await api('GET', '/api/me'));
    } catch {
      // The path is complete without progress; it comes with the next look.
    }
  }

  #show({ lab, progress }: { readonly lab: LabView; readonly progress: readonly StepProgress[] }): void {
    const byStep = new Map(progress.map((step) => [step.step, step.state]));
    const items = [...this.querySelectorAll<HTMLElement>('[data-lesson]')];
    const states = items.map((item) => {
      const state = lessonState((item.dataset.steps ?? '').split(' ').map((step) => byStep.get(step) ?? 'open'));
      this.#showItem(item, state);
      return { item, state };
    });
    const finished = states.filter(({ state }) => state === 'done' || state === 'skipped');
    const begun = states.some(({ state }) => state !== 'open') || lab.lesson !== undefined;
    if (!begun) return;
    const unfinished = states.filter((one) => !finished.includes(one));
    const next = unfinished.find(({ item }) => item.dataset.lesson === lab.lesson) ?? unfinished[0];
    this.#showContinue(next?.item);
    this.#showSummary(`${finished.length} of ${items.length} lessons done.`);
  }

  /** In the place of what is said to those who come for the first time. */
  #showSummary(text: string): void {
    const facts = this.querySelector<HTMLElement>('[data-facts]');
    const progress = this.querySelector<HTMLElement>('[data-progress-summary]');
    const summary = this.querySelector('[data-summary]');
    if (facts) facts.hidden = true;
    if (progress) progress.hidden = false;
    if (summary) summary.textContent = text;
  }

  #showItem(item: HTMLElement, state: LessonState): void {
    item.dataset.progress = state;
    this.querySelector(`[data-mark="${item.dataset.lesson}"]`)?.setAttribute('data-progress', state);
    const place = item.querySelector('[data-state]');
    if (place) place.textContent = words[state];
  }

  #showContinue(item: HTMLElement | undefined): void {
    const link = this.querySelector<HTMLAnchorElement>('[data-continue]');
    if (!link) return;
    const title = item?.querySelector('.path-title')?.textContent;
    link.textContent = title ? `Continue: ${title}` : 'Look at it again';
    if (!item) return;
    const lesson = item.dataset.lesson ?? '';
    link.href = `/lessons/${lesson}/${placeIn(lesson) ? `#${placeIn(lesson)}` : ''}`;
  }
}

customElements.define('course-progress', CourseProgress);
