/**
 * Brings a lab that stands at a lesson's start to the step that the learner is at, or to a later one: the solutions of
 * the steps before it run in it, as in the proof of the lesson. A step that was not over is recorded as skipped.
 */
import type { Lesson } from '#checking/lesson.ts';
import type { StepId } from '#shared/wire.ts';
import { play } from '../../authoring/play.ts';
import type { Hold } from '../../leases/keeper.ts';
import type { Records } from '../../progress/records.ts';
import type { Shelf } from '../lessons/shelf.ts';
import type { Checks } from './service.ts';
import { hostOfScript } from './solution.ts';

export interface CatchUpParts {
  readonly checks: Checks;
  readonly shelf: Shelf;
  readonly records: Pick<Records, 'skip' | 'answer'>;
  /** A solution did not go through: the lab stays where it is. */
  readonly onTrouble: (what: string, error: unknown) => void;
}

export async function catchUp(
  { checks, shelf, records, onTrouble }: CatchUpParts,
  hold: Hold,
  lesson: Lesson,
  /** The step to stand at, unless the learner is further. */
  least: StepId | undefined,
  say: (text: string) => void,
): Promise<void> {
  const steps: readonly StepId[] = lesson.steps.map(({ checker }) => checker.step);
  const current = checks.current(hold.learner, lesson.slug);
  // When all of them are over, the lesson is worked through again from its start.
  const own = current === undefined ? 0 : steps.indexOf(current);
  const before = steps.slice(
    0,
    current === undefined ? 0 : Math.max(own, least === undefined ? 0 : steps.indexOf(least)),
  );
  for (const [index, id] of before.entries()) {
    const skips = index >= own;
    say(`Bringing your lab to where you ${skips ? 'are to go on' : 'were'}: the solution of step ${index + 1} runs`);
    await checks.begin(hold, id, index === 0);
    const text = await shelf.solution(id);
    const { code, stderr } = await play(hold.lab, { host: hostOfScript(text), text }, (question, value) => {
      if (skips) records.answer(hold.learner, id, question, value);
    });
    if (code === 0) {
      if (skips) records.skip(hold.learner, id);
      if (skips) checks.pushProgress(hold.learner, id);
      continue;
    }
    onTrouble(`the solution of ${id} did not go through in a fresh lab`, new Error(stderr.slice(-2_000)));
    return;
  }
  const next = steps[before.length];
  if (next !== undefined) await checks.begin(hold, next, before.length === 0);
}
