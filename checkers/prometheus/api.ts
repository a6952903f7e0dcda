/** Prometheus' HTTP API on the monitor host. What does not answer, or not in Prometheus' shape, is undefined. */
import { z } from 'zod';
import type { Probe } from '#checking/probe.ts';

export const prometheusPort = 9090;

export type Labels = { readonly [name: string]: string };
export type Sample = { readonly labels: Labels; readonly value: number };

export async function ask<T>(probe: Probe, path: string, shape: z.ZodType<T>): Promise<T | undefined> {
  const answer = await probe.http('monitor', prometheusPort, path);
  if (!answer.ok || answer.status !== 200) return undefined;
  const parsed = z.object({ data: shape }).safeParse(json(answer.body));
  return parsed.success ? parsed.data.data : undefined;
}

/** The samples of an expression now; none when it has none or nobody answers. */
export async function query(probe: Probe, expression: string): Promise<readonly Sample[]> {
  const data = await ask(probe, `/api/v1/query?${new URLSearchParams({ query: expression }).toString()}`, vector);
  return (data?.result ?? []).map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

/** The times (milliseconds since 1970) at which a selector had samples in the last ten minutes, oldest first. */
export async function timesOf(probe: Probe, selector: string): Promise<readonly number[]> {
  const data = await ask(
    probe,
    `/api/v1/query?${new URLSearchParams({ query: `${selector}[10m]` }).toString()}`,
    matrix,
  );
  const times = (data?.result ?? []).flatMap(({ values }) => values.map(([at]) => at * 1_000));
  return times.toSorted((a, b) => a - b);
}

/** `{instance="…", job="…"}` */
export const selector = (labels: Labels): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;

export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const labels = z.record(z.string(), z.string());
const point = z.tuple([z.number(), z.string()]);
const vector = z.object({ result: z.array(z.object({ metric: labels, value: point })) });
const matrix = z.object({ result: z.array(z.object({ metric: labels, values: z.array(point) })) });
