/**
 * How an author writes a checker: collect evidence with the probe (looking, never changing), then judge it with pure
 * functions, one a criterion. A criterion that must act to find out is a drill: its sentence says so, it runs only when
 * the learner asks for a check and everything before it is met, and it mends what it did.
 */
import type { Drilling, Planting, Probe } from './probe.ts';

/** What a criterion says of the evidence. `seen` speaks of the learner's own values; `tryThis` says what to do next. */
export type Finding =
  | { readonly state: 'met'; readonly seen: string }
  | { readonly state: 'unmet'; readonly seen: string; readonly tryThis: string }
  /** Neither met nor unmet: this installation cannot tell (Grafana, where it cannot be had). The step can be completed. */
  | { readonly state: 'unverifiable'; readonly seen: string }
  /** Waits for other criteria, or (a drill) for the check button. */
  | { readonly state: 'waiting'; readonly seen: string };

export const met = (seen: string): Finding => ({ state: 'met', seen });
export const unmet = (seen: string, tryThis: string): Finding => ({ state: 'unmet', seen, tryThis });
export const unverifiable = (seen: string): Finding => ({ state: 'unverifiable', seen });

/** Evidence and baselines are stored: plain JSON only. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface LookCriterion<Evidence> {
  readonly id: string;
  /** The sentence of the definition of done that the learner reads. */
  readonly asks: string;
  readonly judge: (evidence: Evidence) => Finding;
  /** Ids of criteria of this step that must be met before this one is judged; until then it waits. */
  readonly needs?: readonly string[];
  /** Never there: tells the type checker a look from a drill, so that the parameters of `judge` are inferred. */
  readonly act?: undefined;
}

export interface DrillCriterion<Evidence> {
  readonly id: string;
  /** Says what the checker will do to the lab, e.g. "The proof: the checker kills …". */
  readonly asks: string;
  /** Acts on the lab, mends it, and returns what it saw. Its result is stored as evidence under the criterion's id. */
  readonly act: (drilling: Drilling, evidence: Evidence) => Promise<Json>;
  /** Judges what `act` returned (pure; tested on recorded evidence like every other judge). */
  readonly judge: (seen: never, evidence: Evidence) => Finding;
  readonly needs?: readonly string[];
}

export type Criterion<Evidence> = LookCriterion<Evidence> | DrillCriterion<Evidence>;

/** A drill with the type of what it saw kept between `act` and `judge`. */
export function drill<Evidence, Seen extends Json>(definition: {
  readonly id: string;
  readonly asks: string;
  readonly needs?: readonly string[];
  readonly act: (drilling: Drilling, evidence: Evidence) => Promise<Seen>;
  readonly judge: (seen: Seen, evidence: Evidence) => Finding;
}): DrillCriterion<Evidence> {
  return definition as DrillCriterion<Evidence>;
}

export interface Checker<Baseline extends Json = Json, Evidence extends Json = Json> {
  /** 'lesson/step', e.g. 'redis-environment/replicate'. */
  readonly step: string;
  /** Seconds a check without drills may take before it is given up. Default 20. */
  readonly deadline?: number;
  /** Seconds a check with its drills may take. Default 120. */
  readonly drillDeadline?: number;
  /** Taken when the step begins: what later evidence is compared with. May plant keys that carry the nonce. */
  readonly begin?: (planting: Planting) => Promise<Baseline>;
  readonly collect: (probe: Probe, baseline: Baseline) => Promise<Evidence>;
  readonly criteria: readonly Criterion<Evidence>[];
}

/** Keeps the types of baseline and evidence together, then forgets them: the rest of the house knows only `Checker`. */
export function defineChecker<Baseline extends Json, Evidence extends Json>(
  checker: Checker<Baseline, Evidence>,
): Checker {
  return checker as unknown as Checker;
}

export const isDrill = <E>(criterion: Criterion<E>): criterion is DrillCriterion<E> => criterion.act !== undefined;
