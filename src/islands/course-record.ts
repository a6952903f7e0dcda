/** The record of a learner: every step that was done or skipped, with the findings of the check that showed it. */
import type { FindingView, RecordedStep, RecordView } from '#shared/wire.ts';
import { api, troubleText } from './api.ts';
import { element, sentence } from './element.ts';

class CourseRecord extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('[data-print]')?.addEventListener('click', () => print());
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.#show(await api<RecordView>('GET', '/api/me/record'));
    } catch (trouble) {
      this.#say('summary', troubleText(trouble));
    }
  }

  #show({ name, steps }: RecordView): void {
    const places = [...this.querySelectorAll<HTMLElement>('[data-step]')];
    const shown = places.flatMap((place) => {
      const step = steps.find((each) => each.step === place.dataset.step);
      if (!step || (step.state !== 'done' && step.state !== 'skipped')) return [];
      place.replaceChildren(...stepParts(step));
      const lesson = place.closest<HTMLElement>('[data-lesson]');
      if (lesson) lesson.hidden = false;
      return [step];
    });
    this.toggleAttribute('data-empty', shown.length === 0);
    const who = this.querySelector<HTMLElement>('[data-who]');
    if (who) who.hidden = name === undefined;
    this.#say('who', name ?? '');
    this.#say('summary', summary(shown, places.length));
  }

  #say(part: string, text: string): void {
    const place = this.querySelector(`[data-${part}]`);
    if (place) place.textContent = text;
  }
}

function summary(shown: readonly RecordedStep[], all: number): string {
  if (shown.length === 0)
    return 'Nothing is done yet. The first step that you complete is noted here, with what was seen.';
  const done = shown.filter(({ state }) => state === 'done').length;
  const skipped = shown.length - done;
  return `${done} of ${all} steps done${skipped > 0 ? `, ${skipped} skipped` : ''}.`;
}

function stepParts({ state, at, solutionSeen, verdict }: RecordedStep): readonly Node[] {
  const when = at ? new Date(at).toLocaleString([], { dateStyle: 'long', timeStyle: 'short' }) : '';
  const words = state === 'done' ? `Done on ${when}` : `Skipped on ${when}: the solution was run`;
  const help = state === 'done' && solutionSeen ? ', after a look at the solution' : '';
  return [
    element('p', { class: 'record-when', 'data-state': state }, `${words}${help}`),
    element('ul', {}, ...(verdict?.findings ?? []).map(finding)),
  ];
}

function finding({ asks, seen, state }: FindingView): HTMLElement {
  return element(
    'li',
    { 'data-state': state },
    element('p', {}, ...sentence(asks)),
    element('p', { class: 'seen' }, ...sentence(seen)),
  );
}

customElements.define('course-record', CourseRecord);
