/** A probe whose Grafana answers in the shape of the real one's API (13.1, as documented and as its source has it). */
import type { Dashboard, Panel } from '@grafana/schema';
import type { HttpAnswer, Probe } from '#checking/probe.ts';
import type { InboxMessage } from '#shared/wire.ts';

const prometheus = { type: 'prometheus', uid: 'prom' };

export const panel = (id: number, type: string, title: string, expr: string, datasource = prometheus): Panel => ({
  id,
  type,
  title,
  datasource,
  gridPos: { x: 0, y: id, w: 12, h: 8 },
  targets: [{ refId: 'A', expr }],
});

/** In Grafana's own types: panels stand alone or folded into a row. */
export const dashboard: Dashboard = {
  uid: 'redis',
  title: 'Redis',
  schemaVersion: 41,
  panels: [
    panel(1, 'timeseries', 'Memory', 'redis_memory_used_bytes{instance=~"$server"}'),
    {
      id: 2,
      type: 'row',
      title: 'More',
      collapsed: true,
      panels: [
        panel(3, 'timeseries', 'Load', 'rate(redis_commands_processed_total[$__rate_interval])'),
        panel(4, 'stat', 'Lag', 'redis_connected_slave_lag_seconds'),
      ],
    },
  ],
};

export const source = {
  id: 1,
  uid: 'prom',
  orgId: 1,
  name: 'Prometheus',
  type: 'prometheus',
  typeName: 'Prometheus',
  access: 'proxy',
  url: 'http://localhost:9090',
  isDefault: true,
  jsonData: {},
  readOnly: false,
};

const query = (refId: string, expr: string) => ({
  refId,
  queryType: '',
  relativeTimeRange: { from: 60, to: 0 },
  datasourceUid: 'prom',
  model: { refId, expr, instant: true, intervalMs: 1000, maxDataPoints: 43200 },
});
export const threshold = (refId: string, expression: string, type: string, ...params: number[]) => ({
  refId,
  queryType: '',
  relativeTimeRange: { from: 0, to: 0 },
  datasourceUid: '__expr__',
  model: {
    refId,
    type: 'threshold',
    expression,
    datasource: { type: '__expr__', uid: '__expr__' },
    conditions: [{ type: 'query', evaluator: { type, params }, query: { params: [refId] } }],
  },
});

export const memoryQuery = '100 * redis_memory_used_bytes / (redis_memory_max_bytes > 0)';

export const rule = (title: string, expr: string, condition: object = threshold('C', 'A', 'gt', 80)) => ({
  id: 1,
  uid: title.toLowerCase(),
  orgID: 1,
  folderUID: 'f',
  ruleGroup: 'redis',
  title,
  condition: 'C',
  data: [query('A', expr), condition],
  updated: '2026-01-01T00:00:00Z',
  noDataState: 'NoData',
  execErrState: 'Error',
  for: '10s',
  keep_firing_for: '0s',
  labels: { severity: 'warning' },
  isPaused: false,
  notification_settings: { receiver: 'chat' } as { receiver: string } | null,
  record: null,
});

export const chat = {
  uid: 'c',
  name: 'chat',
  type: 'webhook',
  settings: { url: 'http://inbox/chat', httpMethod: 'POST' },
  disableResolveMessage: false,
};
const untouched = {
  uid: '',
  name: 'grafana-default-email',
  type: 'email',
  settings: { addresses: '<example@email.com>' },
  disableResolveMessage: false,
};

/** As /api/prometheus/grafana/api/v1/rules has it. */
export const evaluated = (name: string, state: string, lastError?: string) => ({
  status: 'success',
  data: {
    groups: [
      {
        name: 'redis',
        file: 'Redis',
        folderUid: 'f',
        interval: 10,
        rules: [
          {
            name,
            state,
            health: lastError ? 'error' : 'ok',
            type: 'alerting',
            query: '[]',
            ...(lastError && { lastError }),
          },
        ],
      },
    ],
  },
});

interface Setting {
  /** Answers by path, in the place of those of a Grafana in which all is right; undefined is 404. */
  readonly pages?: Readonly<Record<string, unknown>>;
  /** Whether this installation has Grafana, and whether it is installed on the monitor host. */
  readonly has?: boolean;
  readonly onMonitor?: boolean;
  /** Queries with this in them have no result. */
  readonly silent?: string;
  /** A Grafana that asks for a login, and whether the first one is still good. */
  readonly login?: 'needed' | 'changed';
  readonly inbox?: readonly Partial<InboxMessage>[];
}

const redis1 = { instance: 'redis://redis-1:6379', job: 'redis' };
const values: readonly (readonly [RegExp, number])[] = [
  [/^100 \* /, 40],
  [/^redis_memory_used_bytes \/ /, 0.4],
  [/^redis_memory_used_bytes$/, 26_843_546],
  [/./, 1],
];

export function grafana({ pages = {}, has = true, onMonitor = true, silent, login, inbox = [] }: Setting = {}): Probe {
  const answers: Readonly<Record<string, unknown>> = {
    '/api/health': { commit: '83b9528bce85cf9371320f6d6e450916156da3f6', database: 'ok', version: '13.1.3' },
    '/api/datasources': [source],
    '/api/search?type=dash-db': [
      { id: 7, uid: 'redis', title: 'Redis', uri: 'db/redis', url: '/d/redis/redis', type: 'dash-db', tags: [] },
    ],
    '/api/dashboards/uid/redis': { meta: { slug: 'redis', version: 3 }, dashboard },
    '/api/v1/provisioning/alert-rules': [
      rule('Memory high', memoryQuery),
      rule('Silence', 'min(up{job="redis"})', threshold('C', 'A', 'lt', 1)),
    ],
    '/api/v1/provisioning/contact-points': [chat, untouched],
    '/api/v1/provisioning/policies': { receiver: 'grafana-default-email', group_by: ['grafana_folder', 'alertname'] },
    '/api/prometheus/grafana/api/v1/rules': evaluated('Memory high', 'inactive'),
    ...pages,
  };
  const page = (path: string): unknown => {
    const [, uid, asked] = /^\/api\/datasources\/proxy\/uid\/(\w+)\/api\/v1\/query\?query=(.*)$/.exec(path) ?? [];
    if (asked === undefined) return answers[path];
    if (!(answers['/api/datasources'] as (typeof source)[]).some((known) => known.uid === uid)) return undefined;
    const text = decodeURIComponent(asked.replaceAll('+', ' '));
    const value = values.find(([pattern]) => pattern.test(text))?.[1];
    const none = silent !== undefined && text.includes(silent);
    const result = none ? [] : [{ metric: redis1, value: [1_700_000_000, String(value)] }];
    return { status: 'success', data: { resultType: 'vector', result } };
  };
  return {
    run: async (host: string) => ({ code: (host === 'outside' ? has : onMonitor) ? 0 : 1 }),
    address: () => '10.213.0.6',
    inbox: () => inbox,
    http: async (_host: string, port: number, path: string, init?: { headers?: object }): Promise<HttpAnswer> => {
      const refused = path !== '/api/health' && login && !(login === 'needed' && init?.headers);
      if (refused) return { ok: true, status: 401, body: JSON.stringify({ message: 'Unauthorized' }) };
      const body = port === 3000 ? page(path) : undefined;
      return {
        ok: true,
        status: body === undefined ? 404 : 200,
        body: JSON.stringify(body ?? { message: 'Not found' }),
      };
    },
  } as unknown as Probe;
}
