/** What a class takes home. The columns are stable and documented in docs/OPERATING.md. Times are ISO 8601 in UTC. */
import type { StepId, StepProgress } from '#shared/wire.ts';
import type { Attempt } from '../progress/records.ts';
import { verdictShown } from '../progress/shown.ts';
import { csv } from './csv.ts';
import type { Happening } from './records.ts';
import type { Member, Workshop } from './workshop.ts';

export interface MemberResults {
  readonly member: Member;
  readonly progress: readonly StepProgress[];
  readonly attempts: readonly Attempt[];
  readonly happenings: readonly Happening[];
}

export const learnerColumns = [
  'workshop',
  'learner',
  'name',
  'joined_at',
  'steps',
  'steps_done',
  'steps_skipped',
  'solutions_seen',
  'attempts',
  'first_done_at',
  'last_done_at',
] as const;

export const attemptColumns = [
  'workshop',
  'learner',
  'name',
  'at',
  'lesson',
  'step',
  'why',
  'state',
  'criteria_met',
  'criteria',
  'first_unmet',
  'finding',
  'milliseconds',
] as const;

const splitStep = (step: StepId): readonly [string, string] => {
  const cut = step.indexOf('/');
  return [step.slice(0, cut), step.slice(cut + 1)];
};

/** Only what belongs to the workshop's lessons counts: a learner may have worked alone before. */
export function ofWorkshop(results: MemberResults, steps: readonly StepId[]): MemberResults {
  const inside = new Set(steps);
  return {
    ...results,
    progress: results.progress.filter((one) => inside.has(one.step)),
    attempts: results.attempts.filter((one) => inside.has(one.step)),
  };
}

export function learnersCsv(workshop: Workshop, class_: readonly MemberResults[], steps: readonly StepId[]): string {
  return csv(
    learnerColumns,
    class_.map(({ member, progress, attempts }) => {
      const done = progress.filter((one) => one.state === 'done');
      const times = done.flatMap((one) => one.at ?? []).toSorted();
      return {
        workshop: workshop.title,
        learner: member.learner,
        name: member.name,
        joined_at: member.joinedAt.toISOString(),
        steps: steps.length,
        steps_done: done.length,
        steps_skipped: progress.filter((one) => one.state === 'skipped').length,
        solutions_seen: progress.filter((one) => one.solutionSeen).length,
        attempts: attempts.length,
        first_done_at: times[0],
        last_done_at: times.at(-1),
      };
    }),
  );
}

export function attemptsCsv(workshop: Workshop, class_: readonly MemberResults[]): string {
  return csv(
    attemptColumns,
    class_.flatMap(({ member, attempts }) =>
      attempts.map(({ step, at, why, verdict }) => {
        const [lesson, name] = splitStep(step);
        const unmet = verdict.findings.find((finding) => finding.state === 'unmet');
        return {
          workshop: workshop.title,
          learner: member.learner,
          name: member.name,
          at: at.toISOString(),
          lesson,
          step: name,
          why,
          state: verdict.state,
          criteria_met: verdict.findings.filter((finding) => finding.state === 'met').length,
          criteria: verdict.findings.length,
          first_unmet: unmet?.criterion,
          finding: unmet?.seen,
          milliseconds: verdict.milliseconds,
        };
      }),
    ),
  );
}

/** What one learner showed: for each step when, by which evidence, and what was found. */
export interface Paper {
  readonly workshop: string;
  readonly name: string;
  /** The member's, for where names are hidden. */
  readonly number: number;
  readonly steps: readonly {
    readonly step: StepId;
    readonly state: StepProgress['state'];
    readonly at: string | undefined;
    readonly solutionSeen: boolean;
    readonly attempts: number;
    readonly shown: readonly { readonly asks: string; readonly seen: string }[];
  }[];
}

export function paperOf(workshop: Workshop, results: MemberResults, steps: readonly StepId[]): Paper {
  const progress = new Map(results.progress.map((one) => [one.step, one]));
  return {
    workshop: workshop.title,
    name: results.member.name,
    number: results.member.number,
    steps: steps.map((step) => {
      const mine = progress.get(step);
      const attempts = results.attempts.filter((attempt) => attempt.step === step);
      return {
        step,
        state: mine?.state ?? 'open',
        at: mine?.at,
        solutionSeen: mine?.solutionSeen ?? false,
        attempts: attempts.length,
        shown: (mine ? (verdictShown(mine, attempts)?.findings ?? []) : []).map(({ asks, seen }) => ({ asks, seen })),
      };
    }),
  };
}
