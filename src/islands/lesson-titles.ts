/** What the lessons are called, as the lesson page was built with. */
import type { StepId } from '#shared/wire.ts';

const titles = (): Readonly<Record<string, string>> =>
  JSON.parse(document.querySelector<HTMLElement>('[data-titles]')?.dataset.titles ?? '{}') as Readonly<
    Record<string, string>
  >;

/** In quotation marks; the slug where the page does not know it. */
export const lessonTitle = (slug: string): string => `“${titles()[slug] ?? slug}”`;

export const lessonTitleOf = (step: StepId): string => lessonTitle(step.split('/')[0] ?? step);
