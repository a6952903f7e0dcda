/** Who needs help, and why: asked for it, fails the same criterion again and again, far over the median, silent. */
import type { CellView, HelpView } from '#shared/board.ts';
import type { VerdictView } from '#shared/wire.ts';

/** Unmet at the same criterion this often in a row is a sign of being stuck. */
const sameCriterionTimes = 3;
/** Over this many times the class's median. */
const overMedian = 1.5;
/** Minutes without a command, a check or an open page while a step is at work. */
const silentMinutes = 8;

const firstUnmet = (verdict: VerdictView): string | undefined =>
  verdict.findings.find((finding) => finding.state === 'unmet')?.criterion;

/** How many of the last attempts in a row failed first at the same criterion. */
export function sameAgain(verdicts: readonly VerdictView[]): number {
  const last = verdicts.at(-1);
  const criterion = last && firstUnmet(last);
  if (criterion === undefined) return 0;
  const other = verdicts.findLastIndex((verdict) => firstUnmet(verdict) !== criterion);
  return verdicts.length - 1 - other;
}

export function needOf(facts: {
  readonly cell: CellView | undefined;
  readonly median: number | undefined;
  readonly attempts: readonly VerdictView[];
  readonly help: HelpView | undefined;
  readonly lastSeen: Date | undefined;
  readonly now: Date;
}): { readonly need: number; readonly why: readonly string[] } {
  const signs: (readonly [number, string])[] = [];
  if (facts.help) signs.push([100, 'asked for help']);
  const { cell } = facts;
  if (cell && (cell.state === 'failing' || cell.state === 'at-work')) {
    const again = sameAgain(facts.attempts);
    if (again >= sameCriterionTimes) signs.push([10 * again, `same criterion ${again} times`]);
    if (facts.median && cell.seconds !== undefined && cell.seconds > overMedian * facts.median)
      signs.push([(10 * cell.seconds) / facts.median, `${(cell.seconds / facts.median).toFixed(1)} × the median`]);
    const silent = facts.lastSeen ? (facts.now.getTime() - facts.lastSeen.getTime()) / 60_000 : 0;
    if (silent >= silentMinutes) signs.push([silent, `silent for ${Math.floor(silent)} min`]);
  }
  return { need: Math.round(signs.reduce((sum, [weight]) => sum + weight, 0)), why: signs.map(([, text]) => text) };
}
