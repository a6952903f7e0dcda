/** The rules that Prometheus has loaded, from whatever files. */
import { z } from 'zod';
import type { Probe } from '#checking/probe.ts';
import { ask } from './api.ts';

export type RuleSeen = {
  readonly name: string;
  readonly query: string;
  /** `for:`, in seconds. */
  readonly wait: number;
  /** Seconds between two evaluations. */
  readonly every: number;
  readonly state: 'inactive' | 'pending' | 'firing';
  /** Why it cannot be evaluated; empty when it can. */
  readonly error: string;
  /** False until it was evaluated for the first time. */
  readonly evaluated: boolean;
  /** Which instances it is pending or firing for. */
  readonly instances: readonly string[];
};

export type RulesSeen = {
  readonly alerts: readonly RuleSeen[];
  /** Recording rules: alerts may rest on them. */
  readonly records: readonly { readonly name: string; readonly query: string }[];
};

export async function seeRules(probe: Probe): Promise<RulesSeen> {
  const data = await ask(probe, '/api/v1/rules', rulesShape);
  const rules = (data?.groups ?? []).flatMap((group) =>
    group.rules.map((rule) => ({ ...rule, every: group.interval })),
  );
  return {
    alerts: rules
      .filter(({ type }) => type === 'alerting')
      .slice(0, 40)
      .map(alert),
    records: rules
      .filter(({ type }) => type === 'recording')
      .slice(0, 40)
      .map(({ name, query }) => ({ name, query })),
  };
}

const alert = (rule: z.infer<typeof ruleShape> & { every: number }): RuleSeen => ({
  name: rule.name,
  query: rule.query,
  wait: rule.duration ?? 0,
  every: rule.every,
  state: rule.state ?? 'inactive',
  error: rule.health === 'err' ? (rule.lastError ?? 'unknown error') : '',
  evaluated: !rule.lastEvaluation.startsWith('0001'),
  instances: (rule.alerts ?? []).slice(0, 10).map(({ labels }) => labels['instance'] ?? ''),
});

const ruleShape = z.object({
  type: z.enum(['alerting', 'recording']),
  name: z.string(),
  query: z.string(),
  duration: z.number().optional(),
  state: z.enum(['inactive', 'pending', 'firing']).optional(),
  health: z.string(),
  lastError: z.string().optional(),
  lastEvaluation: z.string(),
  alerts: z.array(z.object({ labels: z.record(z.string(), z.string()) })).optional(),
});
const rulesShape = z.object({ groups: z.array(z.object({ interval: z.number(), rules: z.array(ruleShape) })) });
