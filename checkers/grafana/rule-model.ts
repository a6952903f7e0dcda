/** What an alert rule of Grafana asks and when it fires, out of the parts of which its editor makes it. */
import { z } from 'zod';

const evaluator = z.object({ type: z.string(), params: z.array(z.number()) });
/** One query or expression of a rule: `expr` is PromQL, the rest belongs to expressions over other parts. */
export const part = z.object({
  refId: z.string(),
  datasourceUid: z.string(),
  model: z.object({
    expr: z.string().optional(),
    type: z.string().optional(),
    expression: z.string().optional(),
    conditions: z.array(z.object({ evaluator: evaluator.optional() })).optional(),
  }),
});

export type RuleModel = {
  /** The uid of the data source that is asked. */
  readonly source: string;
  /** The PromQL, without a comparison at its end. */
  readonly query: string;
  /** The comparison stands in the PromQL itself: then it has no result as long as all is well. */
  readonly compares: boolean;
  /** Over this it fires; null where it cannot be told, or fires below something. */
  readonly over: number | null;
};

/** Undefined for a rule that asks Prometheus nothing. */
export function readRule(parts: readonly z.infer<typeof part>[], condition: string): RuleModel | undefined {
  const asking = parts.find(({ model }) => model.expr);
  if (!asking?.model.expr) return undefined;
  const [, query, sign, limit] = /^([^]*[^\s<>=!])\s*([<>]=?|[=!]=)\s*(-?[\d.]+)\s*$/.exec(asking.model.expr) ?? [];
  const source = asking.datasourceUid;
  if (query !== undefined)
    return { source, query: outermost(query), compares: true, over: sign?.startsWith('>') ? Number(limit) : null };
  const judging = parts.find(({ refId }) => refId === condition)?.model;
  return { source, query: asking.model.expr, compares: false, over: judging ? thresholdOf(judging) : null };
}

function thresholdOf({ type, expression = '', conditions = [] }: z.infer<typeof part>['model']): number | null {
  if (type === 'math') {
    const [, number] = /\$\{?\w+\}?\s*>=?\s*(-?[\d.]+)\s*$/.exec(expression) ?? [];
    return number === undefined ? null : Number(number);
  }
  const given = conditions[0]?.evaluator;
  return given && /^gte?$/.test(given.type) ? (given.params[0] ?? null) : null;
}

/** `(a / b)` is `a / b`. */
const outermost = (query: string): string => /^\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(query)?.[1] ?? query;
