/** What is asked of Grafana, where the lab has it; where it has not, that is said, and the step can still be done. */
import { met, unmet, unverifiable, type Finding } from '#checking/define.ts';
import type { GrafanaSeen } from './see.ts';

/** The metrics a dashboard of Redis shows at least, and how they are known in a query. */
export const families = {
  memory: /redis_memory_/,
  'operations per second': /redis_commands_(processed_)?total/,
  replication: /redis_(connected_slave|master_link_up|master_repl_offset|slave_repl_offset|master_last_io)/,
} as const;

export const judgeSource = (seen: GrafanaSeen): Finding =>
  judgeInstalled(seen) ??
  (seen.sources.length === 0
    ? unmet(
        'Grafana has no Prometheus data source.',
        'Connections → Add new connection → Prometheus, with http://localhost:9090.',
      )
    : seen.sources.some(({ answers }) => answers)
      ? met('Grafana gets answers from Prometheus.')
      : unmet(
          `The data source ${seen.sources.map(({ name }) => name).join(', ')} does not answer.`,
          'Grafana asks from the monitor host: the address is http://localhost:9090.',
        ));

export function judgeDashboard(seen: GrafanaSeen): Finding {
  const trouble = judgeInstalled(seen);
  if (trouble) return trouble;
  const shown = (family: RegExp) => seen.panels.filter(({ query }) => family.test(query));
  const missing = Object.entries(families).filter(([, family]) => shown(family).length === 0);
  if (missing.length > 0)
    return unmet(
      `No panel shows ${missing.map(([name]) => name).join(' or ')}.`,
      'Add one panel for each, and save the dashboard.',
    );
  const empty = Object.values(families).flatMap((family) =>
    shown(family).some(({ hasData }) => hasData) ? [] : shown(family),
  );
  if (empty.length > 0)
    return unmet(
      `The panel "${empty[0]?.title}" has no data.`,
      'Open it with Edit and run its query; compare it with the page of Prometheus.',
    );
  return met(`${seen.panels.length} panels, with data for ${Object.keys(families).join(', ')}.`);
}

export function judgeAlertRule(seen: GrafanaSeen): Finding {
  const trouble = judgeInstalled(seen);
  if (trouble) return trouble;
  const rule = seen.rules.find(({ queries }) => queries.some((query) => families.memory.test(query)));
  if (!rule)
    return unmet('Grafana has no alert rule on memory.', 'Alerting → Alert rules → New, on the query of this lesson.');
  const point = seen.contactPoints.find(({ address }) => /inbox|@example\.org/.test(address));
  return point
    ? met(`${rule.title}, told to ${point.name}.`)
    : unmet(
        'No contact point of Grafana leads to the inbox.',
        'Alerting → Contact points: a webhook or Slack URL http://inbox/chat.',
      );
}

function judgeInstalled({ installed, up }: GrafanaSeen): Finding | undefined {
  if (!installed) return unverifiable('Cannot be verified in this installation: its lab has no Grafana.');
  return up
    ? undefined
    : unmet('Grafana does not answer on monitor:3000.', 'sudo systemctl enable --now grafana-server');
}
