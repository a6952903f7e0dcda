/**
 * The board: learners × steps, derived from the records alone. Pure, so that what an instructor sees can be tested
 * without a class.
 */
import type { Attempt } from '../progress/records.ts';
import type { CellView, HelpView, RowView, StepSummary } from '#shared/board.ts';
import type { StepId, StepProgress } from '#shared/wire.ts';
import { needOf } from './need.ts';
import { spreadOf } from './spread.ts';
import type { Member } from './workshop.ts';

/** What is known of one learner at a moment. */
export interface LearnerFacts {
  readonly member: Member;
  readonly progress: readonly StepProgress[];
  readonly attempts: readonly Pick<Attempt, 'step' | 'at' | 'verdict'>[];
  readonly help: HelpView | undefined;
  readonly lastCommand: RowView['lastCommand'];
  readonly lastSeen: Date | undefined;
}

const secondsBetween = (from: string | undefined, to: Date): number | undefined =>
  from === undefined ? undefined : Math.max(0, Math.round((to.getTime() - Date.parse(from)) / 1000));

export function cellOf(step: StepId, progress: StepProgress | undefined, now: Date): CellView {
  if (progress === undefined || progress.state === 'open') return { step, state: 'not-begun', solutionSeen: false };
  const ended = progress.at === undefined ? now : new Date(progress.at);
  const seconds = secondsBetween(progress.begunAt, ended);
  const base = { step, solutionSeen: progress.solutionSeen, ...(seconds === undefined ? {} : { seconds }) };
  if (progress.state === 'done' || progress.state === 'skipped') return { ...base, state: progress.state };
  const failing = progress.verdict?.findings.find((finding) => finding.state === 'unmet');
  if (failing === undefined) return { ...base, state: 'at-work' };
  return { ...base, state: 'failing', criterion: failing.criterion, finding: failing.seen };
}

/**
 * The step a learner is at: of those begun and not through the one touched last, which need not be the furthest, for
 * learners go back and are brought back. When all are through, the last of them.
 */
function currentStep(cells: readonly CellView[], { progress, attempts }: LearnerFacts): StepId | undefined {
  const begun = cells.filter((cell) => cell.state !== 'not-begun');
  const open = begun.filter((cell) => cell.state === 'failing' || cell.state === 'at-work');
  const touched = (step: StepId): number =>
    Math.max(
      Date.parse(progress.find((one) => one.step === step)?.begunAt ?? '') || 0,
      attempts.findLast((one) => one.step === step)?.at.getTime() ?? 0,
    );
  const last = open.toSorted((a, b) => touched(a.step) - touched(b.step)).at(-1);
  return (last ?? begun.at(-1))?.step;
}

export function summaryOf(step: StepId, cells: readonly CellView[]): StepSummary {
  const through = cells.filter((cell) => cell.state === 'done' || cell.state === 'skipped');
  const times = spreadOf(
    cells.flatMap((cell) => (cell.state === 'done' && cell.seconds !== undefined ? [cell.seconds] : [])),
  );
  const failing = Map.groupBy(
    cells.filter((cell) => cell.state === 'failing'),
    (cell) => cell.criterion ?? '',
  );
  const worst = [...failing.entries()].toSorted(([, a], [, b]) => b.length - a.length)[0];
  return {
    step,
    through: through.length,
    ...(times ? { medianSeconds: times.median, spreadSeconds: times.quartiles } : {}),
    ...(worst
      ? { failing: { criterion: worst[0], finding: worst[1][0]?.finding ?? '', learners: worst[1].length } }
      : {}),
  };
}

export function summariesOf(steps: readonly StepId[], rows: readonly Pick<RowView, 'cells'>[]): readonly StepSummary[] {
  return steps.map((step, index) =>
    summaryOf(
      step,
      rows.flatMap((row) => row.cells[index] ?? []),
    ),
  );
}

export function rowOf(
  facts: LearnerFacts,
  steps: readonly StepId[],
  medians: ReadonlyMap<StepId, number>,
  now: Date,
): RowView {
  const progress = new Map(facts.progress.map((one) => [one.step, one]));
  const cells = steps.map((step) => cellOf(step, progress.get(step), now));
  const step = currentStep(cells, facts);
  const cell = cells.find((one) => one.step === step);
  const { need, why } = needOf({
    cell,
    median: step === undefined ? undefined : medians.get(step),
    attempts: facts.attempts.filter((attempt) => attempt.step === step).map((attempt) => attempt.verdict),
    help: facts.help,
    lastSeen: facts.lastSeen,
    now,
  });
  return {
    learner: facts.member.learner,
    name: facts.member.name,
    number: facts.member.number,
    joinedAt: facts.member.joinedAt.toISOString(),
    cells,
    need,
    why,
    ...(step === undefined ? {} : { step }),
    ...(facts.lastCommand ? { lastCommand: facts.lastCommand } : {}),
    ...(facts.lastSeen ? { lastSeen: facts.lastSeen.toISOString() } : {}),
    ...(facts.help ? { help: facts.help } : {}),
  };
}

/** Who needs help first; then by name, so that rows do not dance. */
export const byNeed = (a: RowView, b: RowView): number =>
  b.need - a.need || a.name.localeCompare(b.name, undefined, { numeric: true });
