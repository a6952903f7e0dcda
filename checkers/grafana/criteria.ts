/** What is asked of Grafana's data source and dashboard, where the lab has it. */
import { met, unmet, type Finding } from '#checking/define.ts';
import { judgeInstalled } from './installed.ts';
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
          `The data source ${seen.sources.map(({ name, url }) => `${name} (${url || 'no URL'})`).join(', ')} does not answer.`,
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
  const [empty] = Object.values(families).flatMap((family) =>
    shown(family).some(({ hasData }) => hasData) ? [] : shown(family),
  );
  if (empty?.lost)
    return unmet(
      `The panel "${empty.title}" asks the data source ${empty.source}, which Grafana does not have.`,
      'An imported dashboard names the data source of where it was made: choose yours in the panel, or give yours that uid.',
    );
  if (empty)
    return unmet(
      `The panel "${empty.title}" has no data: no series answers ${empty.query}`,
      'Open it with Edit and run its query; compare it with the page of Prometheus.',
    );
  return met(`${seen.panels.length} panels, with data for ${Object.keys(families).join(', ')}.`);
}
