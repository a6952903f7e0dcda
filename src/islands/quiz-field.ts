/** Answers of a step's questions: handed in when the learner leaves the field, picks a choice or presses Enter. */
import type { StepProgress } from '#shared/wire.ts';
import { api, troubleText } from './api.ts';

type Field = HTMLInputElement | HTMLSelectElement;

export function fieldsOf(step: HTMLElement): readonly Field[] {
  return [...step.querySelectorAll<Field>('[data-question]')];
}

export function handInAnswers(step: HTMLElement, id: string): void {
  for (const field of fieldsOf(step)) {
    field.addEventListener('change', () => void handIn(field, id));
    field.addEventListener('input', () => say(field, ''));
  }
}

/** Fills in what was handed in before, but never under the learner's hands. */
export function showAnswers(step: HTMLElement, answers: StepProgress['answers']): void {
  for (const field of fieldsOf(step)) {
    const answer = answers[field.dataset.question ?? ''];
    if (answer !== undefined && field.value === '' && document.activeElement !== field) field.value = answer;
  }
}

async function handIn(field: Field, id: string): Promise<void> {
  const value = field.value.trim();
  if (value === '') return;
  try {
    await api('PUT', `/api/steps/${id}/answers`, { body: { question: field.dataset.question, value } });
    say(field, 'Saved');
  } catch (trouble) {
    say(field, troubleText(trouble));
  }
}

function say(field: Field, text: string): void {
  const place = field.closest('.question')?.querySelector('[data-saved]');
  if (place) place.textContent = text;
}
