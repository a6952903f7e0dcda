/** Names in rules that no series has: such a rule never fires and never errs. */
import { z } from 'zod';
import type { Probe } from '#checking/probe.ts';
import { ask } from './api.ts';
import type { RulesSeen } from './rules.ts';

export type UnknownMetric = { readonly rule: string; readonly metric: string };

/** Of the exporter's names, those that are only there in some situations. */
const sometimes = new Set(['redis_master_link_down_since_seconds', 'redis_exporter_last_scrape_error']);

export async function unknownMetrics(probe: Probe, { alerts, records }: RulesSeen): Promise<readonly UnknownMetric[]> {
  const names = await ask(probe, '/api/v1/label/__name__/values', z.array(z.string()));
  if (!names) return [];
  const known = new Set([...names, ...records.map(({ name }) => name), ...sometimes]);
  return alerts.flatMap(({ name, query }) =>
    [...new Set(query.match(/\bredis_[a-z0-9_]+/g))]
      .filter((metric) => !known.has(metric))
      .map((metric) => ({ rule: name, metric })),
  );
}
