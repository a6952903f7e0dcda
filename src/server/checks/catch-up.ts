/**
 * Brings a lab that stands at a lesson's start to the step that the learner is at: the solutions of the steps that are
 * over run in it, as in the proof of the lesson.
 */
import type { Lesson } from '#checking/lesson.ts';
import type { StepId } from '#shared/wire.ts';
import { play } from '../../authoring/play.ts';
import type { Hold } from '../../leases/keeper.ts';
import type { Shelf } from '../lessons/shelf.ts';
import type { Checks } from './service.ts';
import { hostOfScript } from './solution.ts';

export interface CatchUpParts {
  readonly checks: Checks;
  readonly shelf: Shelf;
  /** A solution did not go through: the lab stays where it is. */
  readonly onTrouble: (what: string, error: unknown) => void;
}

export async function catchUp(
  { checks, shelf, onTrouble }: CatchUpParts,
  hold: Hold,
  lesson: Lesson,
  say: (text: string) => void,
): Promise<void> {
  const steps: readonly StepId[] = lesson.steps.map(({ checker }) => checker.step);
  const current = checks.current(hold.learner, lesson.slug);
  // When all of them are over, the lesson is worked through again from its start.
  const over = current === undefined ? [] : steps.slice(0, steps.indexOf(current));
  for (const [index, id] of over.entries()) {
    say(`Bringing your lab to where you were: the solution of step ${index + 1} runs`);
    await checks.begin(hold, id, index === 0);
    const text = await shelf.solution(id);
    const { code, stderr } = await play(hold.lab, { host: hostOfScript(text), text }, () => undefined);
    if (code === 0) continue;
    onTrouble(`the solution of ${id} did not go through in a fresh lab`, new Error(stderr.slice(-2_000)));
    return;
  }
  const next = steps[over.length];
  if (next !== undefined) await checks.begin(hold, next, over.length === 0);
}
