/** A check that was asked for, as the timeline tells it. */
import type { VerdictView } from '#shared/wire.ts';
import type { Shelf } from '../lessons/shelf.ts';

const outcome: Readonly<Record<VerdictView['state'], string>> = {
  met: 'done',
  unmet: 'not done yet',
  failed: 'could not be decided',
};

export function checkInWords(shelf: Shelf, { step, state }: Pick<VerdictView, 'step' | 'state'>): string {
  const { lesson } = shelf.step(step);
  const nth = lesson.steps.findIndex(({ checker }) => checker.step === step) + 1;
  const which = lesson.steps.length > 1 ? `, step ${nth}` : '';
  return `Checked: ${shelf.title(lesson.slug)}${which}: ${outcome[state]}`;
}
