/** The panels of a dashboard as Grafana's API gives it, rows unfolded, with their queries and where they ask. */
import { z } from 'zod';

export type Panel = {
  readonly title: string;
  readonly query: string;
  /** The data source that the query names: its uid, a variable of the dashboard, or null for the default one. */
  readonly source: string | null;
};

/** Old dashboards name a data source by its name, newer ones by type and uid. */
const source = z.union([z.string(), z.object({ uid: z.string().nullish() })]).nullish();
const target = z.object({ expr: z.string().optional(), datasource: source });
const leaf = z.object({ title: z.string().optional(), datasource: source, targets: z.array(target).optional() });
const board = z.object({
  panels: z.array(leaf.extend({ panels: z.array(leaf).optional() })).optional(),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }).optional(),
});
/** The one answer is that of /api/dashboards/uid, the other that of /apis/dashboard.grafana.app. */
const answerShape = z.union([z.object({ dashboard: board }), z.object({ spec: board })]);

export function panelsOf(answer: unknown): readonly Panel[] {
  const parsed = answerShape.safeParse(answer);
  if (!parsed.success) return [];
  const { panels = [], templating } = 'spec' in parsed.data ? parsed.data.spec : parsed.data.dashboard;
  const choosers = (templating?.list ?? []).filter(({ type }) => type === 'datasource').map(({ name }) => name);
  return panels
    .flatMap((panel) => [panel, ...(panel.panels ?? [])])
    .flatMap(({ title = '', targets = [], datasource }) =>
      targets.flatMap(({ expr, datasource: own }) =>
        expr ? [{ title, query: expr, source: sourceOf(own ?? datasource, choosers) }] : [],
      ),
    );
}

/** A variable by which the reader chooses a data source stands for whichever there is. */
function sourceOf(ref: z.infer<typeof source>, choosers: readonly string[]): string | null {
  const named = typeof ref === 'string' ? ref : (ref?.uid ?? null);
  if (named === null || named === 'default') return null;
  return choosers.some((name) => named === `$${name}` || named === `\${${name}}`) ? null : named;
}

/** A query with Grafana's variables put in: times as in a short window, everything else as "any". */
export const askable = (query: string): string =>
  query
    .replaceAll(/\$\{?__(rate_interval|interval|range)\}?/g, '1m')
    .replaceAll(/=\s*"\$\{?\w+(:\w+)?\}?"/g, '=~".*"')
    .replaceAll(/\$\{?\w+(:\w+)?\}?/g, '.*');
