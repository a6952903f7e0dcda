/** What Grafana on the monitor host shows: data sources, and the panels of its dashboards with their queries. */
import { z } from 'zod';
import type { Probe } from '#checking/probe.ts';
import { ask, prometheusSources, stateOf, valuesOf, type DataSource, type GrafanaState } from './api.ts';
import { askable, panelsOf, type Panel } from './panels.ts';

export type GrafanaSeen = GrafanaState & {
  /** Data sources of the kind Prometheus, and whether a query through them is answered. */
  readonly sources: readonly { readonly name: string; readonly url: string; readonly answers: boolean }[];
  readonly panels: readonly (Panel & {
    readonly hasData: boolean;
    /** The data source that it names is none of those there are. */
    readonly lost: boolean;
  })[];
};

export async function seeGrafana(probe: Probe): Promise<GrafanaSeen> {
  const state = await stateOf(probe);
  if (!state.up) return { ...state, sources: [], panels: [] };
  const sources = await Promise.all(
    (await prometheusSources(probe)).map(async (source) => ({
      ...source,
      answers: (await valuesOf(probe, source.uid, 'up')).length > 0,
    })),
  );
  return {
    ...state,
    sources: sources.map(({ name, url, answers }) => ({ name, url, answers })),
    panels: await seePanels(
      probe,
      sources,
      sources.find(({ answers }) => answers),
    ),
  };
}

async function seePanels(
  probe: Probe,
  sources: readonly DataSource[],
  usual: DataSource | undefined,
): Promise<GrafanaSeen['panels']> {
  const boards = (await ask(probe, '/api/search?type=dash-db', z.array(z.object({ uid: z.string() })))) ?? [];
  const panels = await Promise.all(boards.slice(0, 5).map(async ({ uid }) => panelsOf(await seeBoard(probe, uid))));
  return Promise.all(
    panels
      .flat()
      .slice(0, 30)
      .map(async (panel) => {
        const named = sources.find(({ uid, name }) => [uid, name].includes(panel.source ?? ''));
        const source = panel.source === null ? usual : named;
        const hasData = source !== undefined && (await valuesOf(probe, source.uid, askable(panel.query))).length > 0;
        return { ...panel, hasData, lost: panel.source !== null && named === undefined };
      }),
  );
}

/** A dashboard that was saved in the newer schema is refused by the older API; the newer one translates it. */
async function seeBoard(probe: Probe, uid: string): Promise<unknown> {
  const older = await ask(probe, `/api/dashboards/uid/${uid}`, z.unknown());
  return older ?? ask(probe, `/apis/dashboard.grafana.app/v1beta1/namespaces/default/dashboards/${uid}`, z.unknown());
}
