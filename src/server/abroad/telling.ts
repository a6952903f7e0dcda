/** Tells the record store what learners do: each step passed or skipped and each lesson completed once, tries as they come. */
import type { StepId, StepProgress, VerdictView } from '#shared/wire.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { recordStoreName } from '../../xapi/record-store.ts';
import type { SaidRecords } from '../../xapi/records.ts';
import { attempted, completed, passed, skipped, type Scene, type Statement } from '../../xapi/statements.ts';

export interface TellingParts {
  readonly said: SaidRecords;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly progress: (learner: string) => readonly StepProgress[];
  /** The lesson of a step: its title and all its steps. */
  readonly lesson: (step: StepId) => {
    readonly slug: string;
    readonly title: string;
    readonly steps: readonly StepId[];
  };
  /** The learner's name, where it may be told. */
  readonly name: (learner: string) => string | undefined;
  readonly origin: string;
  readonly now: () => Date;
}

export function telling({ said, outbox, progress, lesson, name, origin, now }: TellingParts) {
  const scene = (learner: string, step: StepId): Scene => ({
    origin,
    learner,
    name: name(learner),
    lesson: lesson(step),
    at: now(),
  });
  const tell = (learner: string, statement: Statement) =>
    outbox.put({ channel: recordStoreName, key: statement.id, learner, body: statement });

  return {
    checked(learner: string, verdict: VerdictView, why: 'asked' | 'auto'): void {
      if (why === 'asked' && verdict.state === 'unmet') tell(learner, attempted(scene(learner, verdict.step), verdict));
    },
    progressed(learner: string, step: StepId): void {
      const all = progress(learner);
      const mine = all.find((one) => one.step === step);
      const isOver = mine?.state === 'done' || mine?.state === 'skipped';
      if (!mine || !isOver || !said.first(learner, `${mine.state} ${step}`)) return;
      tell(learner, (mine.state === 'done' ? passed : skipped)(scene(learner, step), mine));
      const over = new Set(all.filter(({ state }) => state === 'done' || state === 'skipped').map((one) => one.step));
      const { slug, steps } = lesson(step);
      if (steps.every((one) => over.has(one)) && said.first(learner, `completed ${slug}`))
        tell(learner, completed(scene(learner, step)));
    },
  };
}
