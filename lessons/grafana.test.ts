/**
 * What the lessons have learners write for Grafana is judged as the checkers would judge it. The files of provisioning have
 * the same fields as the API's answers; that Grafana takes them is not tested here.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { judgeMemoryAlert, judgeSilenceAlert } from '#checkers/grafana/alert-criteria.ts';
import { seeGrafanaAlerts } from '#checkers/grafana/alerts.ts';
import { judgeDashboard, judgeSource } from '#checkers/grafana/criteria.ts';
import { seeGrafana } from '#checkers/grafana/see.ts';
import { grafana, rule, source } from '#checkers/grafana/testing.ts';

interface Provisioned {
  readonly datasources?: readonly Partial<typeof source>[];
  readonly contactPoints?: readonly { readonly name: string; readonly receivers: readonly object[] }[];
  readonly policies?: readonly object[];
  readonly groups?: readonly { readonly rules: readonly Partial<ReturnType<typeof rule>>[] }[];
}

/** The files that a text writes into a folder of Grafana's. */
function written(path: string, folder: string): readonly string[] {
  const text = readFileSync(new URL(path, import.meta.url), 'utf8');
  const files = text.matchAll(/tee (\S+) > \/dev\/null <<'(YAML|JSON)'\n([^]*?)\n\2\n/g);
  return [...files].flatMap(([, file = '', , content = '']) => (file.includes(`grafana/${folder}/`) ? [content] : []));
}

const provisioned = (path: string): Provisioned =>
  Object.assign(
    {},
    ...['provisioning/datasources', 'provisioning/alerting']
      .flatMap((folder) => written(path, folder))
      .map((content) => parse(content) as Provisioned),
  ) as Provisioned;

const sourcesOf = ({ datasources = [] }: Provisioned) => datasources.map((given) => ({ ...source, ...given }));

test.each(['./07-monitoring/index.mdx', './07-monitoring/steps/watch/solution.sh'])(
  'the data source and the dashboard of %s',
  async (path) => {
    const [board] = written(path, 'dashboards');
    const pages = {
      '/api/datasources': sourcesOf(provisioned(path)),
      '/api/dashboards/uid/redis': { dashboard: JSON.parse(board ?? '') as object },
    };
    const seen = await seeGrafana(grafana({ pages }));
    expect([judgeSource(seen), judgeDashboard(seen)]).toMatchObject([{ state: 'met' }, { state: 'met' }]);
  },
);

describe('the alert of', () => {
  test.each([
    ['./02-alerts/index.mdx', judgeMemoryAlert],
    ['./02-alerts/steps/notify/solution.sh', judgeMemoryAlert],
    ['./02-alerts/steps/notify/solution.mail.sh', judgeMemoryAlert],
    ['./08-critical-alerts/index.mdx', judgeSilenceAlert],
    ['./08-critical-alerts/steps/notify/solution.sh', judgeSilenceAlert],
    ['./08-critical-alerts/steps/notify/solution.routes.sh', judgeSilenceAlert],
  ])('%s', async (path, judge) => {
    const given = provisioned(path);
    const pages = {
      '/api/datasources': sourcesOf(given),
      '/api/v1/provisioning/alert-rules': (given.groups ?? [])
        .flatMap(({ rules }) => rules)
        .map((one) => ({ ...rule('', ''), notification_settings: null, ...one })),
      '/api/v1/provisioning/contact-points': (given.contactPoints ?? []).flatMap(({ name, receivers }) =>
        receivers.map((receiver) => ({ name, ...receiver })),
      ),
      '/api/v1/provisioning/policies': given.policies?.[0] ?? { receiver: 'grafana-default-email' },
    };
    expect(judge(await seeGrafanaAlerts(grafana({ pages })))).toMatchObject({ state: 'met' });
  });
});
