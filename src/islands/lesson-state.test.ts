import type { StepState } from '#shared/wire.ts';
import { expect, test } from 'vitest';
import { lessonState } from './lesson-state.ts';

test.each<{ steps: StepState[]; lesson: StepState }>([
  { steps: ['open', 'open'], lesson: 'open' },
  { steps: ['done', 'open'], lesson: 'at-work' },
  { steps: ['at-work'], lesson: 'at-work' },
  { steps: ['done', 'done'], lesson: 'done' },
  { steps: ['done', 'skipped'], lesson: 'skipped' },
])('a lesson with steps $steps is $lesson', ({ steps, lesson }) => {
  expect(lessonState(steps)).toBe(lesson);
});
