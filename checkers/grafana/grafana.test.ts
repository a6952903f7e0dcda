import type { Dashboard, Panel } from '@grafana/schema';
import { expect, test } from 'vitest';
import type { HttpAnswer, Probe } from '#checking/probe.ts';
import { judgeAlertRule, judgeDashboard, judgeSource } from './criteria.ts';
import { askable } from './panels.ts';
import { seeGrafana } from './see.ts';

const prometheus = { type: 'prometheus', uid: 'prom' };
const panel = (id: number, type: string, title: string, expr: string): Panel => ({
  id,
  type,
  title,
  datasource: prometheus,
  gridPos: { x: 0, y: id, w: 12, h: 8 },
  targets: [{ refId: 'A', expr }],
});

/** In Grafana's own types: panels stand alone or folded into a row. */
const dashboard: Dashboard = {
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

/** A probe that answers as Grafana's HTTP API does. */
function grafana(changes: Record<string, unknown> = {}, installed = true): Probe {
  const pages: Record<string, unknown> = {
    '/api/health': { commit: '83b9528bce85cf9371320f6d6e450916156da3f6', database: 'ok', version: '12.0.2' },
    '/api/datasources': [
      {
        id: 1,
        uid: 'prom',
        orgId: 1,
        name: 'Prometheus',
        type: 'prometheus',
        access: 'proxy',
        url: 'http://localhost:9090',
        isDefault: true,
        jsonData: {},
        readOnly: false,
      },
    ],
    '/api/search?type=dash-db': [
      {
        id: 7,
        uid: 'redis',
        title: 'Redis',
        uri: 'db/redis',
        url: '/d/redis/redis',
        type: 'dash-db',
        tags: [],
        isStarred: false,
      },
    ],
    '/api/dashboards/uid/redis': { meta: { slug: 'redis', version: 3 }, dashboard },
    '/api/v1/provisioning/alert-rules': [
      {
        id: 1,
        uid: 'a',
        title: 'Memory high',
        condition: 'C',
        for: '1m',
        data: [
          {
            refId: 'A',
            datasourceUid: 'prom',
            model: { expr: '100 * redis_memory_used_bytes / redis_memory_max_bytes', refId: 'A' },
          },
          { refId: 'C', datasourceUid: '__expr__', model: { type: 'threshold', expression: 'A' } },
        ],
      },
    ],
    '/api/v1/provisioning/contact-points': [
      { uid: 'c', name: 'chat', type: 'webhook', settings: { url: 'http://inbox/chat' }, disableResolveMessage: false },
      { uid: '', name: 'email receiver', type: 'email', settings: { addresses: '<example@email.com>' } },
    ],
    ...changes,
  };
  const empty = (changes['empty'] as string | undefined) ?? 'nothing is empty';
  const page = (path: string): unknown =>
    path.startsWith('/api/datasources/proxy/uid/prom/api/v1/query?')
      ? {
          status: 'success',
          data: { resultType: 'vector', result: path.includes(empty) ? [] : [{ metric: {}, value: [1, '1'] }] },
        }
      : pages[path];
  return {
    run: async () => ({ code: installed ? 0 : 1, stdout: '', stderr: '', timedOut: false }),
    http: async (_host: string, port: number, path: string): Promise<HttpAnswer> => {
      const body = port === 3000 ? page(path) : undefined;
      return {
        ok: true,
        status: body === undefined ? 404 : 200,
        body: JSON.stringify(body ?? { message: 'Not found' }),
      };
    },
  } as unknown as Probe;
}
const states = async (probe: Probe) => {
  const seen = await seeGrafana(probe);
  return [judgeSource, judgeDashboard, judgeAlertRule].map((judge) => judge(seen));
};

test('a data source, three kinds of panels and an alert with its contact point are seen', async () => {
  expect((await states(grafana())).map(({ state }) => state)).toEqual(['met', 'met', 'met']);
});

test('where the lab has no Grafana nothing of it is asked', async () => {
  const findings = await states(grafana({}, false));
  expect(findings.map(({ state }) => state)).toEqual(['unverifiable', 'unverifiable', 'unverifiable']);
  expect(findings[0]?.seen).toContain('Cannot be verified in this installation');
});

test.each([
  [
    'no answer',
    { '/api/health': undefined },
    ['does not answer on monitor:3000', 'does not answer', 'does not answer'],
  ],
  ['no source', { '/api/datasources': [] }, ['has no Prometheus data source', 'has no data', 'Memory high']],
  ['a source that does not answer', { empty: 'query=up' }, ['does not answer', 'has no data', 'Memory high']],
  ['no dashboard', { '/api/search?type=dash-db': [] }, ['gets answers', 'No panel shows memory', 'Memory high']],
  ['an empty panel', { empty: 'slave_lag' }, ['gets answers', 'The panel "Lag" has no data', 'Memory high']],
  ['no contact point', { '/api/v1/provisioning/contact-points': [] }, ['gets answers', 'panels', 'No contact point']],
])('%s', async (_name, changes, seen) => {
  const findings = await states(grafana(changes));
  findings.forEach((finding, n) => expect(finding.seen).toContain(seen[n]));
});

test("a panel's variables are put in before its query is asked", () => {
  expect(askable('rate(redis_commands_processed_total{instance="$server"}[$__rate_interval])')).toBe(
    'rate(redis_commands_processed_total{instance=~".*"}[1m])',
  );
});
