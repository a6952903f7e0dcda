/** Verdicts, compared and made where no check could be done. */
import type { StepId, VerdictView } from '#shared/wire.ts';

/** Whether a check by itself says something new; live numbers in what was seen are not. */
export function hasChanged(before: VerdictView | undefined, now: VerdictView): boolean {
  const states = (verdict: VerdictView) => [
    verdict.state,
    ...verdict.findings.map(({ criterion, state }) => criterion + state),
  ];
  return !before || states(before).join() !== states(now).join();
}

export const failedVerdict = (step: StepId, error: unknown): VerdictView => ({
  step,
  at: new Date().toISOString(),
  state: 'failed',
  findings: [],
  trouble: `The check could not be done: ${error instanceof Error ? error.message : String(error)}. Try again.`,
  milliseconds: 0,
});
