/** Answers of a step's questions: handed in when the learner leaves the field, picks a choice or presses Enter. */
import type { StepProgress } from '#shared/wire.ts';
import { api, troubleText } from './api.ts';

type Field = HTMLInputElement | HTMLSelectElement;

export class Answers {
  readonly #step: string;
  readonly #fields: readonly Field[];
  /** What the server has of each field, or is being told. */
  readonly #told = new Map<Field, string>();
  readonly #underWay = new Set<Promise<void>>();

  /** `place` holds the fields of the step with this id. */
  constructor(place: HTMLElement, step: string) {
    this.#step = step;
    this.#fields = [...place.querySelectorAll<Field>('[data-question]')];
    for (const field of this.#fields) {
      field.addEventListener('change', () => this.#handIn(field));
      field.addEventListener('input', () => say(field, ''));
    }
  }

  /** Fills in what was handed in before, but never under the learner's hands. */
  show(answers: StepProgress['answers']): void {
    for (const field of this.#fields) {
      const answer = answers[field.dataset.question ?? ''];
      if (answer === undefined || field.value !== '' || document.activeElement === field) continue;
      field.value = answer;
      this.#told.set(field, answer);
    }
  }

  /** Hands in what is still being typed, and resolves when the server has had every answer: a check is to judge it. */
  async settle(): Promise<void> {
    for (const field of this.#fields) if (field === document.activeElement) this.#handIn(field);
    await Promise.all(this.#underWay);
  }

  #handIn(field: Field): void {
    const value = field.value.trim();
    if (value === '' || this.#told.get(field) === value) return;
    this.#told.set(field, value);
    const telling = this.#tell(field, value).finally(() => this.#underWay.delete(telling));
    this.#underWay.add(telling);
  }

  async #tell(field: Field, value: string): Promise<void> {
    try {
      await api('PUT', `/api/steps/${this.#step}/answers`, { body: { question: field.dataset.question, value } });
      say(field, 'Saved');
    } catch (trouble) {
      this.#told.delete(field);
      say(field, troubleText(trouble));
    }
  }
}

function say(field: Field, text: string): void {
  const place = field.closest('.question')?.querySelector('[data-saved]');
  if (place) place.textContent = text;
}
