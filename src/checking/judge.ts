/** From evidence to findings: pure, so that recorded evidence is judged by the same code as a live check. */
import type { FindingView } from '#shared/wire.ts';
import { isDrill } from './define.ts';
import type { Checker, Criterion, Finding, Json } from './define.ts';

/** What one check saw, as it is stored. */
export interface CheckEvidence {
  readonly looked: Json;
  /** By criterion id: what each drill that ran has seen. */
  readonly drills: Readonly<Record<string, Json>>;
  /** A sentence for each server that could not be looked into, because nothing tells its password. */
  readonly locked?: readonly string[];
}

/** Node strips types without a look at them: a judge that forgets to return is found out here. */
const states: ReadonlySet<unknown> = new Set<Finding['state']>(['met', 'unmet', 'unverifiable', 'waiting']);

export function judge(checker: Checker, evidence: CheckEvidence): readonly FindingView[] {
  const findings: FindingView[] = [];
  for (const criterion of checker.criteria) {
    const finding: Finding | undefined = judgeOne(criterion, evidence, findings);
    if (!states.has(finding?.state))
      throw new Error(
        `the judge of "${criterion.id}" returned ${JSON.stringify(finding)}; it must return met(…) or unmet(…)`,
      );
    findings.push({ criterion: criterion.id, asks: criterion.asks, drill: isDrill(criterion), ...finding });
  }
  return evidence.locked ? unlocking(findings, evidence.locked) : findings;
}

/** A server that is locked looks to every judge as if it were down: the first of them that says no says why instead. */
function unlocking(findings: readonly FindingView[], locked: readonly string[]): readonly FindingView[] {
  const first = findings.findIndex(({ state }) => state === 'unmet');
  return findings.map((finding, n) =>
    n === first
      ? {
          ...finding,
          seen: `${locked.join('; ')}, so it cannot be looked into. ${finding.seen}`,
          tryThis:
            'The checks log in with a password that stands in the clear in that file (requirepass, masterauth, or user … >password). ' +
            'CONFIG REWRITE writes down what was set by CONFIG SET.',
        }
      : finding,
  );
}

/** The next drill that may run: not run yet, and everything before it is met. */
export function nextDrill(checker: Checker, evidence: CheckEvidence) {
  const findings = judge(checker, evidence);
  const next = checker.criteria.find((criterion) => isDrill(criterion) && !(criterion.id in evidence.drills));
  const before = findings.slice(0, next && checker.criteria.indexOf(next));
  return next && isDrill(next) && before.every(holds) ? next : undefined;
}

export const holds = (finding: Pick<FindingView, 'state'>): boolean =>
  finding.state === 'met' || finding.state === 'unverifiable';

function judgeOne(criterion: Criterion<Json>, evidence: CheckEvidence, before: readonly FindingView[]): Finding {
  const needed = isDrill(criterion) ? before.map((finding) => finding.criterion) : (criterion.needs ?? []);
  const open = before.filter((finding) => needed.includes(finding.criterion) && !holds(finding));
  if (!isDrill(criterion))
    return open.length ? waiting('Waits for what comes before it.') : criterion.judge(evidence.looked);
  if (open.some((finding) => !finding.drill || finding.criterion in evidence.drills)) {
    return waiting('Runs when everything before it is met.');
  }
  const seen = evidence.drills[criterion.id];
  // `drill()` ties the type of what `act` returned to `judge`; here it is only known to be what `act` returned.
  if (seen !== undefined) return criterion.judge(seen as never, evidence.looked);
  return waiting('Runs when you press Check.');
}

const waiting = (seen: string): Finding => ({ state: 'waiting', seen });
