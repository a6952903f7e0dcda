/** Grafana's own alert rules: what they ask, what that answers now, and whom they tell. */
import { z } from 'zod';
import type { Probe } from '#checking/probe.ts';
import { ask, prometheusSources, stateOf, valuesOf, type GrafanaState, type Value } from './api.ts';
import { policy, receiversOf } from './routes.ts';
import { part, readRule } from './rule-model.ts';

export type ContactPoint = {
  readonly name: string;
  readonly type: string;
  readonly address: string;
  /** Its messages arrive in the inbox of this lab. */
  readonly toInbox: boolean;
  /** It also tells when an alert is over. */
  readonly tellsEnd: boolean;
};

export type GrafanaRule = {
  readonly title: string;
  readonly paused: boolean;
  readonly query: string;
  readonly compares: boolean;
  readonly over: number | null;
  /** The largest value of the query now; null when it has none. */
  readonly value: number | null;
  /** What it makes of a query without result, or one that fails: 'NoData', 'Alerting', 'OK', 'KeepLast', 'Error'. */
  readonly onNoData: string;
  readonly onError: string;
  /** As Grafana last evaluated it: 'inactive', 'pending', 'firing'; null when it has not yet. */
  readonly state: string | null;
  /** Why it could not be evaluated. */
  readonly error: string | null;
  readonly tells: readonly ContactPoint[];
};

export type GrafanaAlerts = GrafanaState & {
  readonly rules: readonly GrafanaRule[];
  /** The largest share of its memory limit that a server uses now, as Grafana's data source says; null when it cannot say. */
  readonly memoryShare: number | null;
};

export async function seeGrafanaAlerts(probe: Probe): Promise<GrafanaAlerts> {
  const state = await stateOf(probe);
  if (!state.up) return { ...state, rules: [], memoryShare: null };
  const [sources, rules, states, points, root] = await Promise.all([
    prometheusSources(probe),
    ask(probe, '/api/v1/provisioning/alert-rules', z.array(ruleShape)),
    ask(probe, '/api/prometheus/grafana/api/v1/rules', statesShape),
    ask(probe, '/api/v1/provisioning/contact-points', z.array(pointShape)),
    ask(probe, '/api/v1/provisioning/policies', policy),
  ]);
  const known = new Set(sources.map(({ uid }) => uid));
  const values = async (source: string, query: string) => (known.has(source) ? valuesOf(probe, source, query) : []);
  const seen = await Promise.all(
    (rules ?? []).slice(0, 20).map(async (rule): Promise<GrafanaRule[]> => {
      const model = readRule(rule.data, rule.condition);
      if (!model) return [];
      const { query, compares, over } = model;
      const answer = await values(model.source, query);
      const evaluated = (states?.data.groups ?? [])
        .flatMap(({ file, rules }) => rules.map((one) => ({ ...one, folder: file })))
        .find(({ name }) => name === rule.title);
      const labels = {
        ...answer[0]?.labels,
        ...rule.labels,
        alertname: rule.title,
        grafana_folder: evaluated?.folder ?? '',
      };
      const receivers = rule.notification_settings
        ? [rule.notification_settings.receiver]
        : receiversOf(root ?? {}, labels);
      return [
        {
          title: rule.title,
          paused: rule.isPaused,
          query,
          compares,
          over,
          value: largest(answer),
          onNoData: rule.noDataState,
          onError: rule.execErrState,
          state: evaluated?.state ?? null,
          error: evaluated?.lastError || null,
          tells: (points ?? [])
            .filter(({ name }) => receivers.includes(name))
            .map((point) => contactPoint(probe, point, rule.title)),
        },
      ];
    }),
  );
  const [anySource] = sources;
  return { ...state, rules: seen.flat(), memoryShare: anySource ? largest(await values(anySource.uid, share)) : null };
}

const share = 'redis_memory_used_bytes / (redis_memory_max_bytes > 0)';

function largest(values: readonly Value[]): number | null {
  const numbers = values.map(({ value }) => value).filter((value) => Number.isFinite(value));
  return numbers.length > 0 ? Math.max(...numbers) : null;
}

function contactPoint(
  probe: Probe,
  { name, type, settings, disableResolveMessage }: z.infer<typeof pointShape>,
  title: string,
): ContactPoint {
  const address = settings.addresses ?? settings.url ?? '';
  return {
    name,
    type,
    address,
    toInbox: type === 'email' ? /@example\.org\b/.test(address) : leadsToInbox(probe, address, title),
    tellsEnd: !disableResolveMessage,
  };
}

/** Grafana keeps a Slack address to itself: then only what has arrived tells, the rule's alert or the editor's test. */
function leadsToInbox(probe: Probe, address: string, title: string): boolean {
  if (address === '[REDACTED]')
    return probe
      .inbox()
      .some(({ channel, raw }) => channel === 'chat' && (raw.includes(title) || raw.includes('TestAlert')));
  const host = URL.parse(address)?.hostname;
  return host !== undefined && ['inbox', 'outside', 'app', probe.address('outside')].includes(host);
}

const ruleShape = z.object({
  title: z.string(),
  condition: z.string(),
  data: z.array(part),
  noDataState: z.string(),
  execErrState: z.string(),
  isPaused: z.boolean().default(false),
  labels: z.record(z.string(), z.string()).optional(),
  notification_settings: z.object({ receiver: z.string() }).nullish(),
});
const statesShape = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        /** The title of the folder. */
        file: z.string(),
        rules: z.array(z.object({ name: z.string(), state: z.string().optional(), lastError: z.string().optional() })),
      }),
    ),
  }),
});
const pointShape = z.object({
  name: z.string(),
  type: z.string(),
  settings: z.object({ addresses: z.string().optional(), url: z.string().optional() }),
  disableResolveMessage: z.boolean().default(false),
});
