/** Small charts of the queries that the lessons teach, from the learner's own Prometheus. */
import type { Agent } from 'node:http';
import { z } from 'zod';
import { askHttp } from '#checking/ask-http.ts';
import type { ChartsView, ChartView } from '#shared/wire.ts';

/** Seconds that a chart goes back, and between two of its points. */
const seconds = 600;
const step = 10;
/** Milliseconds for one answer. */
const patience = 5_000;
/** Bytes of one answer. */
const largest = 1_000_000;

const queries = [
  { id: 'memory', title: 'Memory used', unit: 'MiB', query: 'redis_memory_used_bytes / 1048576' },
  { id: 'ops', title: 'Operations per second', unit: 'ops/s', query: 'rate(redis_commands_processed_total[1m])' },
  { id: 'lag', title: 'Replication lag', unit: 's', query: 'redis_connected_slave_lag_seconds' },
] as const;

const matrix = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) }),
    ),
  }),
});

/** Asks over connections to Prometheus; `up` is false when it does not answer, or not in its own shape. */
export async function chartsOf(agent: Agent, now = Date.now()): Promise<ChartsView> {
  try {
    return { up: true, charts: await Promise.all(queries.map((query) => chart(agent, query, now / 1000))) };
  } catch {
    return { up: false, charts: [] };
  }
}

async function chart(
  agent: Agent,
  { id, title, unit, query }: (typeof queries)[number],
  now: number,
): Promise<ChartView> {
  const range = new URLSearchParams({ query, start: String(now - seconds), end: String(now), step: String(step) });
  const { body } = await askHttp({
    agent,
    authority: 'monitor:9090',
    path: `/api/v1/query_range?${range.toString()}`,
    signal: AbortSignal.timeout(patience),
    largest,
  });
  const { data } = matrix.parse(JSON.parse(body));
  const series = data.result.slice(0, 6).map(({ metric, values }) => ({
    name: [metric['instance'], metric['slave_ip']]
      .filter(Boolean)
      .join(' → ')
      .replace(/redis:\/\/|:6379/g, ''),
    points: values.map(([at, value]) => [at, Number(value)] as const).filter(([, value]) => Number.isFinite(value)),
  }));
  return { id, title, unit, series };
}
