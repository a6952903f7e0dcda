/** The panels of a dashboard as Grafana's API gives it, rows unfolded, with their queries. */
import { z } from 'zod';

export type Panel = { readonly title: string; readonly query: string };

const target = z.object({ expr: z.string().optional() });
const leaf = z.object({ title: z.string().optional(), targets: z.array(target).optional() });
const dashboard = z.object({
  dashboard: z.object({ panels: z.array(leaf.extend({ panels: z.array(leaf).optional() })).optional() }),
});

export function panelsOf(answer: unknown): readonly Panel[] {
  const parsed = dashboard.safeParse(answer);
  if (!parsed.success) return [];
  const panels = (parsed.data.dashboard.panels ?? []).flatMap((panel) => [panel, ...(panel.panels ?? [])]);
  return panels.flatMap(({ title = '', targets = [] }) =>
    targets.flatMap(({ expr }) => (expr ? [{ title, query: expr }] : [])),
  );
}

/** A query with Grafana's variables put in: times as in a short window, everything else as "any". */
export const askable = (query: string): string =>
  query
    .replaceAll(/\$\{?__(rate_interval|interval|range)\}?/g, '1m')
    .replaceAll(/=\s*"\$\{?\w+(:\w+)?\}?"/g, '=~".*"')
    .replaceAll(/\$\{?\w+(:\w+)?\}?/g, '.*');
