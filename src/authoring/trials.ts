/** The two-sided proof of a step, as a list of trials: each plays its acts on one fresh lab. */
import type { CataloguedLesson } from '#checking/catalogue.ts';
import type { LessonStep } from '#checking/lesson.ts';
import type { CheckResult } from '#checking/run.ts';
import type { SandboxDriver } from '#sandbox/driver.ts';
import { openBench, stepName } from './bench.ts';
import type { Bench } from './bench.ts';
import { complaint } from './complaint.ts';
import { followProse } from './follow-prose.ts';
import { readStepScripts } from './script.ts';
import type { Script } from './script.ts';

export interface Trial {
  readonly step: LessonStep;
  /** 'solution', 'solution.password', 'wrong/same-host' */
  readonly name: string;
  readonly acts: readonly Act[];
}

export interface Act {
  readonly name: string;
  /** Undefined: nothing is done before the check. */
  readonly script: Script | undefined;
  readonly expect: 'met' | 'unmet';
}

export interface ActResult extends CheckResult {
  readonly act: Act;
  /** Why the act is not as it must be, for its author; undefined when it is. */
  readonly complaint: string | undefined;
}

export async function trialsOf(entry: CataloguedLesson): Promise<readonly Trial[]> {
  const perStep = await Promise.all(entry.lesson.steps.map((step) => trialsOfStep(entry, step)));
  return perStep.flat();
}

async function trialsOfStep(entry: CataloguedLesson, step: LessonStep): Promise<readonly Trial[]> {
  const { solution, others, undo, wrong } = await readStepScripts(entry.path, stepName(step));
  const untouched: Act = { name: 'untouched', script: undefined, expect: 'unmet' };
  const undone: Act[] = undo ? [{ name: 'undo', script: undo, expect: 'unmet' }] : [];
  const prose = await followProse(entry.path, stepName(step), Boolean(step.questions?.length), solution);
  return [
    { step, name: 'solution', acts: [untouched, { name: 'solution', script: solution, expect: 'met' }, ...undone] },
    ...(prose ? [alone(step, 'prose', prose, 'met')] : []),
    ...others.map((script) => alone(step, script.name, script, 'met')),
    ...wrong.map((script) => alone(step, `wrong/${script.name}`, script, 'unmet')),
  ];
}

function alone(step: LessonStep, name: string, script: Script, expect: Act['expect']): Trial {
  return { step, name, acts: [{ name, script, expect }] };
}

/** Plays the acts in order on a fresh lab; ends after the first that is not as it must be. */
export async function playTrial(
  driver: SandboxDriver,
  entry: CataloguedLesson,
  trial: Trial,
  say: (text: string) => void = () => undefined,
): Promise<readonly ActResult[]> {
  const bench = await openBench({ driver, entry, step: trial.step, say });
  const results: ActResult[] = [];
  try {
    for (const act of trial.acts) {
      const output = act.script && (await bench.run(act.script));
      const checked = await checkTwice(bench);
      const result: ActResult = { act, ...checked, complaint: complaint(act, checked, output) };
      results.push(result);
      if (result.complaint) break;
    }
    return results;
  } finally {
    await bench.close();
  }
}

/** A check that could not be done (a busy machine) is asked for once more, as its message tells the learner to do. */
async function checkTwice(bench: Bench): Promise<CheckResult> {
  const first = await bench.check();
  return first.verdict.state === 'failed' ? bench.check() : first;
}
