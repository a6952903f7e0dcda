/** Which check showed a step done. Pure: papers are made of it in the browser, too. */
import type { StepProgress, VerdictView } from '#shared/wire.ts';
import type { Attempt } from './records.ts';

/**
 * The verdict of the check that showed the step done; undefined for every other state: what is met after a skip is the
 * solution's work. A lab that was broken again later has other verdicts.
 *
 * @param attempts those of the step.
 */
export const verdictShown = (
  { state, at }: StepProgress,
  attempts: readonly Pick<Attempt, 'at' | 'verdict'>[],
): VerdictView | undefined =>
  state === 'done' ? attempts.find((attempt) => attempt.at.toISOString() === at)?.verdict : undefined;
