/** An author's workbench: one fresh lab brought to a step of a lesson, with everything that watches a learner's lab. */
import { randomBytes } from 'node:crypto';
import { beginStep } from '#checking/begin.ts';
import type { CataloguedLesson } from '#checking/catalogue.ts';
import type { LessonStep } from '#checking/lesson.ts';
import { prepareLesson } from '#checking/prepare.ts';
import { runCheck } from '#checking/run.ts';
import type { CheckResult, StepBegin } from '#checking/run.ts';
import type { CommandResult, Lab, SandboxDriver } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import { startWriter } from '../witness/writer.ts';
import { observe } from './observers.ts';
import { play } from './play.ts';
import { readStepScripts } from './script.ts';
import type { Script } from './script.ts';

export interface BenchOptions {
  readonly driver: SandboxDriver;
  readonly entry: CataloguedLesson;
  readonly step: LessonStep;
  readonly say: (text: string) => void;
}

export interface Bench {
  readonly lab: Lab;
  /** Runs a script as the learner; what it hands in with `answer` counts in the next check. */
  run(script: Pick<Script, 'host' | 'text'>): Promise<CommandResult>;
  /** A check as by the button: with drills. */
  check(): Promise<CheckResult>;
  /** A check as it runs by itself: without drills. */
  look(): Promise<CheckResult>;
  close(): Promise<void>;
}

/** Fresh lab, prepared; the earlier steps' solutions have run and the step has begun. */
export async function openBench({ driver, entry, step, say }: BenchOptions): Promise<Bench> {
  const { lesson } = entry;
  const id = `author-${randomBytes(4).toString('hex')}`;
  say(`Making a lab (${lesson.topology})`);
  const lab = await driver.create(id, topologies[lesson.topology]);
  const end = new AbortController();
  const close = async () => {
    end.abort();
    await driver.remove(id);
  };
  try {
    const { timeline, inbox, onFault } = await observe(driver, lab, end.signal);
    await prepareLesson(lab, lesson, say);
    let answers: Record<string, string> = {};
    const run = (script: Pick<Script, 'host' | 'text'>) =>
      play(lab, script, (question, value) => (answers[question] = value));
    const begin = (at: LessonStep, fresh: boolean): Promise<StepBegin> => {
      answers = {};
      return beginStep({ lab, checker: at.checker, fresh, timeline, inbox });
    };
    const earlier = lesson.steps.slice(0, lesson.steps.indexOf(step));
    for (const [index, done] of earlier.entries()) {
      const name = stepName(done);
      say(`Running the solution of ${name}`);
      await begin(done, index === 0);
      await run((await readStepScripts(entry.path, name)).solution);
    }
    const begun = await begin(step, earlier.length === 0);
    const checkWith = (drills: boolean) =>
      runCheck({
        lab,
        checker: step.checker,
        begin: begun,
        answers,
        timeline,
        inbox,
        drills,
        startWriter,
        say,
        onFault,
      });
    return { lab, run, check: () => checkWith(true), look: () => checkWith(false), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** 'replicate' of 'redis-environment/replicate' */
export const stepName = (step: LessonStep): string => step.checker.step.split('/')[1] ?? step.checker.step;
