/** Follows learners' progress into the gradebooks of the course systems that launched them: steps met of steps. */
import type { StepId, StepProgress } from '#shared/wire.ts';
import { gradebookName, type ScoreParcel } from '../../lti/gradebook.ts';
import type { Platform } from '../../lti/platforms.ts';
import type { Grade, LtiRecords } from '../../lti/records.ts';
import type { Outbox } from '../../outbox/outbox.ts';

export interface GradingParts {
  readonly platforms: readonly Platform[];
  readonly lti: LtiRecords;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly progress: (learner: string) => readonly StepProgress[];
  /** The steps of a lesson (none when it is gone), or of all that the learner is to do. */
  readonly steps: (learner: string, lesson: string | undefined) => readonly StepId[];
}

/** Hands over the scores that are others than before. */
export function grading({ platforms, lti, outbox, progress, steps }: GradingParts): (learner: string) => void {
  const known = new Set(platforms.map(gradebookName));
  return (learner) => {
    const grades = lti.grades(learner).filter((grade) => known.has(gradebookName(grade)));
    if (grades.length === 0) return;
    const done = new Set(
      progress(learner)
        .filter(({ state }) => state === 'done')
        .map(({ step }) => step),
    );
    for (const grade of grades) {
      const counted = steps(learner, grade.lesson);
      const given = counted.filter((step) => done.has(step)).length;
      const now: Grade = { ...grade, given, maximum: counted.length };
      const isSame = now.given === grade.given && (now.maximum === grade.maximum || now.given === 0);
      if (counted.length === 0 || isSame) continue;
      outbox.put({ channel: gradebookName(grade), key: `${learner} ${grade.lineItem}`, learner, body: parcelOf(now) });
      lti.handedOver(now);
    }
  };
}

const parcelOf = ({ lineItem, subject, given, maximum }: Grade): ScoreParcel => ({
  lineItem,
  subject,
  given,
  maximum,
});
