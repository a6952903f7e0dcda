/** What Prometheus knows of the three servers, and what the servers say themselves. */
import { seeGrafana, type GrafanaSeen } from '#checkers/grafana/see.ts';
import { query, selector, type Labels } from '#checkers/prometheus/api.ts';
import { configFault, seeRunning, targetsByRunId, type PrometheusSeen } from '#checkers/prometheus/server.ts';
import { ofTrio, trio, type OfTrio, type TrioHost } from '#checkers/trio/hosts.ts';
import type { Probe } from '#checking/probe.ts';

export type ServerSeries = {
  readonly role: 'master' | 'replica' | null;
  /** The labels by which Prometheus knows this very server; null when it has no series of it. */
  readonly target: Labels | null;
  readonly up: number | null;
  readonly redisUp: number | null;
  /** Commands per second. */
  readonly load: number | null;
  readonly memory: number | null;
  /** Of a replica: 1 when its link to the master is up. */
  readonly linkUp: number | null;
  /** Of the master. */
  readonly replicas: number | null;
};

/** Milliseconds that a check waits for a second scrape, at the most. */
const longestSettling = 48_000;

export type MonitoringEvidence = {
  readonly prometheus: PrometheusSeen;
  readonly servers: OfTrio<ServerSeries>;
  /** What the exporter says of the servers that it cannot ask: "redis://redis-3:6379: NOAUTH …". Absent in older records. */
  readonly refusals?: readonly string[];
  readonly grafana: GrafanaSeen;
  readonly answers: { readonly [question: string]: string };
};

/** Waits for what is scraped to have been scraped twice: before that there is no rate to be judged. */
export async function collectMonitoring(probe: Probe): Promise<MonitoringEvidence> {
  let seen = await see(probe);
  await probe.until(async () => {
    if (!isSettling(seen)) return true;
    seen = await see(probe);
    return undefined;
  }, longestSettling);
  const prometheus = { ...seen.prometheus, fault: await configFault(probe) };
  return { ...seen, prometheus, grafana: await seeGrafana(probe), answers: { ...probe.answers } };
}

async function see(probe: Probe) {
  const [prometheus, targets, failed] = await Promise.all([
    seeRunning(probe),
    targetsByRunId(probe, trio),
    query(probe, 'redis_exporter_last_scrape_error == 1'),
  ]);
  const refusals = failed.slice(0, 5).map(({ labels }) => `${labels['instance']}: ${labels['err'] ?? 'no answer'}`);
  return { prometheus, refusals, servers: await ofTrio((host) => seeSeries(probe, host, targets[host])) };
}

/** How Prometheus sees one server at the moment. */
export async function seeSeries(probe: Probe, host: TrioHost, target: Labels | null): Promise<ServerSeries> {
  const role = (await probe.info(host))?.['role'];
  const value = async (write: (series: string) => string) =>
    target ? ((await query(probe, write(selector(target))))[0]?.value ?? null) : null;
  const [up, redisUp, load, memory, linkUp, replicas] = await Promise.all([
    value((series) => `up${series}`),
    value((series) => `redis_up${series}`),
    value((series) => `rate(redis_commands_processed_total${series}[1m])`),
    value((series) => `redis_memory_used_bytes${series}`),
    value((series) => `redis_master_link_up${series}`),
    value((series) => `redis_connected_slaves${series}`),
  ]);
  return {
    role: role === undefined ? null : role === 'master' ? 'master' : 'replica',
    target,
    up,
    redisUp,
    load,
    memory,
    linkUp,
    replicas,
  };
}

/** Until two scrapes and a little have passed, a server without a rate is on its way. */
const isSettling = ({ prometheus, servers }: Awaited<ReturnType<typeof see>>): boolean =>
  prometheus.up &&
  trio.some(
    (host) =>
      servers[host].load === null &&
      (prometheus.age < 2 * longestInterval(prometheus) + 10 || servers[host].redisUp === 1),
  );

/** Seconds between two scrapes of the target that is asked least often; what Debian sets where there is none. */
export const longestInterval = ({ targets }: Pick<PrometheusSeen, 'targets'>): number =>
  targets.length > 0 ? Math.max(...targets.map(({ every }) => every)) : defaultInterval;

const defaultInterval = 15;
