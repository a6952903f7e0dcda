import type { Dashboard } from '@grafana/schema';
import { expect, test } from 'vitest';
import { judgeDashboard, judgeSource } from './criteria.ts';
import { askable } from './panels.ts';
import { seeGrafana } from './see.ts';
import { dashboard, grafana, panel, source } from './testing.ts';

type Setting = Parameters<typeof grafana>[0];
const findings = async (setting: Setting) => {
  const seen = await seeGrafana(grafana(setting));
  return [judgeSource, judgeDashboard].map((judge) => judge(seen));
};

test('a data source and three kinds of panels are seen', async () => {
  expect((await findings({})).map(({ state }) => state)).toEqual(['met', 'met']);
});

test('where the installation has no Grafana nothing of it is asked', async () => {
  for (const { state, seen } of await findings({ has: false })) {
    expect(state).toBe('unverifiable');
    expect(seen).toContain('Cannot be verified in this installation');
  }
});

test('a Grafana that asks for its first login is asked with it', async () => {
  expect((await findings({ login: 'needed' })).map(({ state }) => state)).toEqual(['met', 'met']);
});

const boards = (...panels: Dashboard['panels'] & object) => ({
  pages: { '/api/dashboards/uid/redis': { dashboard: { ...dashboard, panels } } },
});

test.each<[string, Setting, string, string]>([
  ['not installed on the monitor', { onMonitor: false }, 'is not installed on monitor', 'is not installed'],
  ['no answer', { pages: { '/api/health': undefined } }, 'does not answer on monitor:3000', 'does not answer'],
  ['another password', { login: 'changed' }, 'does not let the checker in', 'does not let the checker in'],
  ['no source', { pages: { '/api/datasources': [] } }, 'has no Prometheus data source', 'which Grafana does not have'],
  [
    'a source of another kind only',
    { pages: { '/api/datasources': [{ ...source, type: 'loki' }] } },
    'has no Prometheus data source',
    'asks the data source prom, which Grafana does not have',
  ],
  [
    'a source with a wrong URL',
    { silent: '', pages: { '/api/datasources': [{ ...source, url: 'http://redis-1:9090' }] } },
    'Prometheus (http://redis-1:9090) does not answer',
    'has no data',
  ],
  ['no dashboard', { pages: { '/api/search?type=dash-db': [] } }, 'gets answers', 'No panel shows memory'],
  ['an empty panel', { silent: 'slave_lag' }, 'gets answers', 'The panel "Lag" has no data'],
  [
    'a panel on a series that the exporter does not have',
    {
      silent: 'instantaneous',
      ...boards(
        panel(1, 'timeseries', 'Memory', 'redis_memory_used_bytes'),
        panel(2, 'timeseries', 'Load', 'redis_instantaneous_ops_per_sec'),
        panel(3, 'stat', 'Link', 'redis_master_link_up'),
      ),
    },
    'gets answers',
    'No panel shows operations per second',
  ],
  [
    'an imported dashboard that names the data source of its author',
    {
      ...boards(
        panel(1, 'timeseries', 'Memory', 'redis_memory_used_bytes', { type: 'prometheus', uid: '${DS_PROMETHEUS}' }),
        panel(2, 'timeseries', 'Load', 'rate(redis_commands_total[1m])'),
        panel(3, 'stat', 'Link', 'redis_master_link_up'),
      ),
    },
    'gets answers',
    'asks the data source ${DS_PROMETHEUS}, which Grafana does not have',
  ],
])('%s', async (_name, setting, ofSource, ofDashboard) => {
  const seen = (await findings(setting)).map((finding) => finding.seen);
  expect(seen[0]).toContain(ofSource);
  // What is wrong with the data source is told first, and empties the panels.
  expect(seen[1]).toContain(ofDashboard);
});

test('a variable for the data source stands for whichever there is', async () => {
  const chosen = { type: 'prometheus', uid: '${source}' };
  const board: Dashboard = {
    ...dashboard,
    templating: { list: [{ name: 'source', type: 'datasource' }] },
    panels: [
      panel(1, 'timeseries', 'Memory', 'redis_memory_used_bytes', chosen),
      panel(2, 'timeseries', 'Load', 'rate(redis_commands_total[1m])', chosen),
      panel(3, 'stat', 'Link', 'redis_master_link_up', chosen),
    ],
  };
  const [, shown] = await findings({ pages: { '/api/dashboards/uid/redis': { dashboard: board } } });
  expect(shown?.state).toBe('met');
});

test('a dashboard in the newer schema is read by the newer API, which translates it', async () => {
  const newer = '/apis/dashboard.grafana.app/v1beta1/namespaces/default/dashboards/redis';
  const pages = { '/api/dashboards/uid/redis': undefined, [newer]: { metadata: { name: 'redis' }, spec: dashboard } };
  expect((await findings({ pages })).map(({ state }) => state)).toEqual(['met', 'met']);
});

test("a panel's variables are put in before its query is asked", () => {
  expect(askable('rate(redis_commands_processed_total{instance="$server"}[$__rate_interval])')).toBe(
    'rate(redis_commands_processed_total{instance=~".*"}[1m])',
  );
});
