/** What Grafana on the monitor host has: data sources, panels and their queries, alert rules and contact points. */
import { z } from 'zod';
import { json } from '#checkers/prometheus/api.ts';
import type { Probe } from '#checking/probe.ts';
import { askable, panelsOf, type Panel } from './panels.ts';

export type GrafanaSeen = {
  /** False where this installation's lab image has no Grafana: then nothing of it can be asked for. */
  readonly installed: boolean;
  readonly up: boolean;
  /** Names of Prometheus data sources that answer a query. */
  readonly sources: readonly { readonly name: string; readonly answers: boolean }[];
  readonly panels: readonly (Panel & { readonly hasData: boolean })[];
  readonly rules: readonly { readonly title: string; readonly queries: readonly string[] }[];
  readonly contactPoints: readonly { readonly name: string; readonly type: string; readonly address: string }[];
};

const absent: GrafanaSeen = { installed: false, up: false, sources: [], panels: [], rules: [], contactPoints: [] };

export async function seeGrafana(probe: Probe): Promise<GrafanaSeen> {
  const installed = await probe.run('monitor', 'command -v grafana-server || command -v grafana');
  if (installed.code !== 0) return absent;
  if (!(await ask(probe, '/api/health', z.object({ database: z.string() })))) return { ...absent, installed: true };
  const found = (await ask(probe, '/api/datasources', sourcesShape)) ?? [];
  const prometheus = found.filter(({ type }) => type === 'prometheus');
  const sources = await Promise.all(
    prometheus.map(async ({ uid, name }) => ({ uid, name, answers: await hasData(probe, uid, 'up') })),
  );
  const uid = sources.find(({ answers }) => answers)?.uid;
  return {
    installed: true,
    up: true,
    sources: sources.map(({ name, answers }) => ({ name, answers })),
    panels: await seePanels(probe, uid),
    rules: ((await ask(probe, '/api/v1/provisioning/alert-rules', rulesShape)) ?? []).map(({ title, data }) => ({
      title,
      queries: data.flatMap(({ model }) => (model.expr ? [model.expr] : [])),
    })),
    contactPoints: ((await ask(probe, '/api/v1/provisioning/contact-points', contactPointsShape)) ?? []).map(
      ({ name, type, settings }) => ({ name, type, address: settings.addresses ?? settings.url ?? '' }),
    ),
  };
}

async function seePanels(probe: Probe, source: string | undefined): Promise<GrafanaSeen['panels']> {
  const boards = (await ask(probe, '/api/search?type=dash-db', z.array(z.object({ uid: z.string() })))) ?? [];
  const panels = await Promise.all(
    boards.slice(0, 5).map(async ({ uid }) => panelsOf(await ask(probe, `/api/dashboards/uid/${uid}`, z.unknown()))),
  );
  return Promise.all(
    panels
      .flat()
      .slice(0, 30)
      .map(async (panel) => ({ ...panel, hasData: !!source && (await hasData(probe, source, panel.query)) })),
  );
}

/** Asks by Grafana's own way to the data source: that Prometheus has the series is another matter. */
async function hasData(probe: Probe, source: string, query: string): Promise<boolean> {
  const asked = new URLSearchParams({ query: askable(query) }).toString();
  const answer = await ask(probe, `/api/datasources/proxy/uid/${source}/api/v1/query?${asked}`, resultShape);
  return (answer?.data.result.length ?? 0) > 0;
}

/** Grafana's own first login; the lesson asks the learner to keep it. */
const login = `Basic ${Buffer.from('admin:admin').toString('base64')}`;

async function ask<T>(probe: Probe, path: string, shape: z.ZodType<T>): Promise<T | undefined> {
  const answer = await probe.http('monitor', 3000, path, { headers: { authorization: login } });
  if (!answer.ok || answer.status !== 200) return undefined;
  return shape.safeParse(json(answer.body)).data;
}

const sourcesShape = z.array(z.object({ uid: z.string(), name: z.string(), type: z.string() }));
const rulesShape = z.array(
  z.object({ title: z.string(), data: z.array(z.object({ model: z.object({ expr: z.string().optional() }) })) }),
);
const contactPointsShape = z.array(
  z.object({
    name: z.string(),
    type: z.string(),
    settings: z.object({ addresses: z.string().optional(), url: z.string().optional() }),
  }),
);
const resultShape = z.object({ data: z.object({ result: z.array(z.unknown()) }) });
