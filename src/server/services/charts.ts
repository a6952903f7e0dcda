/** Small charts of the queries that the lessons teach, from the learner's own Prometheus. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { z } from 'zod';
import type { Lab } from '#sandbox/driver.ts';
import type { ChartsView, ChartView } from '#shared/wire.ts';

const seconds = 600;
const step = 10;
const largestAnswer = 1_000_000;

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

/** `up` is false when Prometheus does not answer, or not in its own shape. */
export async function chartsOf(lab: Lab, now = Date.now()): Promise<ChartsView> {
  try {
    return { up: true, charts: await Promise.all(queries.map((query) => chart(lab, query, now / 1000))) };
  } catch {
    return { up: false, charts: [] };
  }
}

async function chart(lab: Lab, { id, title, unit, query }: (typeof queries)[number], now: number): Promise<ChartView> {
  const range = new URLSearchParams({ query, start: String(now - seconds), end: String(now), step: String(step) });
  const { data } = matrix.parse(JSON.parse(await get(lab, `/api/v1/query_range?${range.toString()}`)));
  const series = data.result.slice(0, 6).map(({ metric, values }) => ({
    name: [metric['instance'], metric['slave_ip']]
      .filter(Boolean)
      .join(' → ')
      .replace(/redis:\/\/|:6379/g, ''),
    points: values.map(([at, value]) => [at, Number(value)] as const).filter(([, value]) => Number.isFinite(value)),
  }));
  return { id, title, unit, series };
}

async function get(lab: Lab, path: string): Promise<string> {
  const stream = await lab.dial('monitor', 9090);
  try {
    const asked = request({
      createConnection: () => stream as Socket,
      path,
      headers: { host: 'monitor:9090', connection: 'close' },
      signal: AbortSignal.timeout(5_000),
    }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) {
      text += String(chunk);
      if (text.length > largestAnswer) throw new Error('More than 1 MB for one chart');
    }
    return text;
  } finally {
    stream.destroy();
  }
}
