/** Whether Prometheus runs, what it has loaded, and which of its series belong to which Redis. */
import { z } from 'zod';
import type { Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { ask, query, type Labels, type Sample } from './api.ts';
import { seconds } from './durations.ts';

const file = '/etc/prometheus/prometheus.yml';

export type PrometheusSeen = {
  readonly up: boolean;
  /** False when the last reload of the configuration failed. */
  readonly loaded: boolean;
  /** What promtool says of the file on disk, when it finds fault with it. */
  readonly fault: string | null;
  /** The file on disk is younger than what runs: it was changed and not loaded. Absent in older records. */
  readonly stale?: boolean;
  /** The first error in its log since it last read its file, where it does not answer or has not loaded its file. Absent in older records. */
  readonly lastError?: string;
  /** Seconds since the configuration was loaded. */
  readonly age: number;
  readonly targets: readonly TargetSeen[];
};

export type TargetSeen = {
  readonly job: string;
  readonly instance: string;
  readonly url: string;
  readonly health: string;
  readonly error: string;
  /** Seconds between two scrapes. */
  readonly every: number;
};

export async function seePrometheus(probe: Probe): Promise<PrometheusSeen> {
  const [running, fault] = await Promise.all([seeRunning(probe), configFault(probe)]);
  return { ...running, fault };
}

/** All but the fault in the file on disk, which takes promtool to find: for whoever looks again and again. */
export async function seeRunning(probe: Probe): Promise<Omit<PrometheusSeen, 'fault'>> {
  const [runtime, written] = await Promise.all([
    ask(probe, '/api/v1/status/runtimeinfo', runtimeShape),
    writtenAt(probe),
  ]);
  if (!runtime) return { up: false, loaded: false, lastError: await lastError(probe), age: 0, targets: [] };
  const loadedAt = Date.parse(runtime.lastConfigTime);
  return {
    up: true,
    ...(!runtime.reloadConfigSuccess && { lastError: await lastError(probe) }),
    loaded: runtime.reloadConfigSuccess,
    // Prometheus tells whole seconds.
    stale: written >= loadedAt + 1_000,
    age: (Date.now() - loadedAt) / 1_000,
    targets: await seeTargets(probe),
  };
}

/** The labels by which Prometheus knows each server: found by the server's own run_id, whatever the target is called. */
export async function targetsByRunId<Host extends HostName>(
  probe: Probe,
  hosts: readonly Host[],
): Promise<{ readonly [host in Host]: Labels | null }> {
  const [series, scrapes] = await Promise.all([query(probe, 'redis_instance_info'), query(probe, 'up')]);
  const found = await Promise.all(
    hosts.map(async (host) => {
      const runId = (await probe.info(host))?.['run_id'];
      const own = runId ? series.find(({ labels }) => labels['run_id'] === runId) : undefined;
      return [host, own ? targetOf(own.labels, scrapes) : null] as const;
    }),
  );
  return Object.fromEntries(found) as { [host in Host]: Labels | null };
}

/** A target's own labels are those that its `up` has: what else a series carries is told by the exporter. */
function targetOf(labels: Labels, scrapes: readonly Sample[]): Labels | null {
  const targets = scrapes.map((sample) => Object.entries(sample.labels).filter(([name]) => name !== '__name__'));
  const own = targets.find((target) => target.every(([name, value]) => labels[name] === value));
  return own ? Object.fromEntries(own) : null;
}

/** When the configuration file was last written, in milliseconds since 1970; NaN when there is none. */
async function writtenAt(probe: Probe): Promise<number> {
  const { stdout } = await probe.run('monitor', ['stat', '-c', '%.Y', '--', file]);
  return Number(stdout.trim() || NaN) * 1_000;
}

/** What promtool says of the file on disk; null when it finds no fault, or is not there. */
export async function configFault(probe: Probe): Promise<string | null> {
  const check = await probe.run(
    'monitor',
    `command -v promtool > /dev/null || exit 0; promtool check config ${file} 2>&1`,
  );
  // Any other status than 1 says that the look failed, and nothing of the file.
  return check.code === 1 ? (check.stdout.trim().split('\n').at(-1) ?? '').trim().slice(0, 400) : null;
}

/** Some things only the running server finds, such as a rule file that its user may not read. */
async function lastError(probe: Probe): Promise<string> {
  const { stdout } = await probe.run('monitor', firstErrorOfLastLoad);
  return stdout.trim().replace(/"$/, '').slice(0, 300);
}

/** The first error tells the cause, those after it that the whole has failed. */
const firstErrorOfLastLoad = `
awk '/Loading configuration file/ { error = "" } /level=error/ && !error { error = $0 } END { print error }' \\
  /var/log/prometheus/prometheus.log | grep -aoP 'err="\\K.*'
true
`;

/** A lab has a dozen targets at the most. */
const mostTargets = 100;

async function seeTargets(probe: Probe): Promise<readonly TargetSeen[]> {
  const data = await ask(probe, '/api/v1/targets?state=active', targetsShape);
  return (data?.activeTargets ?? [])
    .slice(0, mostTargets)
    .map(({ labels, scrapeUrl, health, lastError, scrapeInterval }) => ({
      job: labels['job'] ?? '',
      instance: labels['instance'] ?? '',
      url: scrapeUrl,
      health,
      error: lastError.slice(0, 200),
      every: seconds(scrapeInterval) ?? 15,
    }));
}

const runtimeShape = z.object({ reloadConfigSuccess: z.boolean(), lastConfigTime: z.string() });
const targetsShape = z.object({
  activeTargets: z.array(
    z.object({
      labels: z.record(z.string(), z.string()),
      scrapeUrl: z.string(),
      health: z.string(),
      lastError: z.string(),
      scrapeInterval: z.string(),
    }),
  ),
});
