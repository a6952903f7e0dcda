/** Grafana's HTTP API on the monitor host. What does not answer, or not in Grafana's shape, is undefined. */
import { z } from 'zod';
import { json } from '#checkers/prometheus/api.ts';
import type { Probe } from '#checking/probe.ts';
import { grafanaProgram, hasGrafana } from '#sandbox/grafana.ts';

export type GrafanaState = {
  /** False where this installation's lab has no Grafana: then nothing of it can be asked for. */
  readonly installed: boolean;
  readonly up: boolean;
  /** Why it is not up, where that is known: not on the monitor host, or it does not let the checker in. */
  readonly trouble?: 'not-on-monitor' | 'locked';
};

export async function stateOf(probe: Probe): Promise<GrafanaState> {
  if (!(await hasGrafana(probe))) return { installed: false, up: false };
  const there = await probe.run('monitor', ['test', '-x', grafanaProgram]);
  if (there.code !== 0) return { installed: true, up: false, trouble: 'not-on-monitor' };
  if (!(await ask(probe, '/api/health', z.object({ database: z.literal('ok') }))))
    return { installed: true, up: false };
  const list = await get(probe, '/api/datasources');
  const locked = list.ok && [401, 403].includes(list.status);
  return locked ? { installed: true, up: false, trouble: 'locked' } : { installed: true, up: true };
}

export async function ask<T>(probe: Probe, path: string, shape: z.ZodType<T>): Promise<T | undefined> {
  const answer = await get(probe, path);
  if (!answer.ok || answer.status !== 200) return undefined;
  return shape.safeParse(json(answer.body)).data;
}

/** The lab's Grafana needs no login; one that was changed to need it may still have its first one. */
async function get(probe: Probe, path: string) {
  const answer = await probe.http('monitor', 3000, path);
  if (!answer.ok || answer.status !== 401) return answer;
  return probe.http('monitor', 3000, path, { headers: { authorization: firstLogin } });
}

const firstLogin = `Basic ${Buffer.from('admin:admin').toString('base64')}`;

export type DataSource = { readonly uid: string; readonly name: string; readonly url: string };

export async function prometheusSources(probe: Probe): Promise<readonly DataSource[]> {
  const all = (await ask(probe, '/api/datasources', sourcesShape)) ?? [];
  return all.filter(({ type }) => type === 'prometheus').map(({ uid, name, url }) => ({ uid, name, url }));
}

/** Asks by Grafana's own way to the data source: that Prometheus has the series is another matter. */
export async function valuesOf(probe: Probe, source: string, query: string): Promise<readonly Value[]> {
  const asked = new URLSearchParams({ query }).toString();
  const answer = await ask(probe, `/api/datasources/proxy/uid/${source}/api/v1/query?${asked}`, resultShape);
  return (answer?.data.result ?? []).map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

export type Value = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

const sourcesShape = z.array(
  z.object({ uid: z.string(), name: z.string(), type: z.string(), url: z.string().default('') }),
);
const sample = z.object({
  metric: z.record(z.string(), z.string()),
  value: z.tuple([z.number(), z.string()]),
});
const resultShape = z.object({ data: z.object({ result: z.array(sample) }) });
