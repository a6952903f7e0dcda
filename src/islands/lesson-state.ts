/** A lesson's state, derived from those of its steps. */
import type { StepState } from '#shared/wire.ts';

export type LessonState = StepState;

export function lessonState(steps: readonly StepState[]): LessonState {
  if (steps.every((state) => state === 'open')) return 'open';
  if (steps.every((state) => state === 'done')) return 'done';
  return steps.every((state) => state === 'done' || state === 'skipped') ? 'skipped' : 'at-work';
}
