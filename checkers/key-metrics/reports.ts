/** The learner's two INFO reports and the server's own, reduced to what the lesson asks about. */
import { infoNumber, infoParts, parseInfo } from '#checking/info-report.ts';
import type { InfoReport } from '#checking/info-report.ts';
import type { Probe } from '#checking/probe.ts';

export type CommandSeen = {
  readonly name: string;
  readonly calls: number;
  readonly usec: number;
  readonly perCall: number;
};

/** Counters of one moment. A field that the report lacks is null (NaN is not JSON). */
export type ReportSeen = {
  /** Nothing at all stands in the file. Absent in older records. */
  readonly empty?: boolean;
  readonly runId: string | null;
  /** The server's clock, in seconds. */
  readonly clock: number | null;
  readonly uptime: number | null;
  readonly commands: number | null;
  readonly connections: number | null;
  readonly hits: number | null;
  readonly misses: number | null;
  readonly memory: number | null;
  readonly peak: number | null;
  readonly rss: number | null;
  readonly limit: number | null;
  readonly machineMemory: number | null;
  readonly clients: number | null;
  readonly blocked: number | null;
  /** The command statistics; empty when the report has none, as a plain INFO. */
  readonly stats: readonly CommandSeen[];
};

export const reportFiles = ['info-1.txt', 'info-2.txt'] as const;

/** Null for a file that is not there. */
export async function seeReport(probe: Probe, name: (typeof reportFiles)[number]): Promise<ReportSeen | null> {
  const text = await probe.readFile('redis-1', `/home/learner/${name}`);
  if (text === undefined) return null;
  return { ...reduced(parseInfo(text)), ...(text.trim() === '' && { empty: true }) };
}

/** Files in the learner's home that may be a report under another name. */
export async function seeOtherNames(probe: Probe): Promise<readonly string[]> {
  const { stdout } = await probe.run('redis-1', ['ls', '-1', '/home/learner']);
  const asked: readonly string[] = reportFiles;
  return stdout.split('\n').filter((name) => /info/i.test(name) && !asked.includes(name));
}

/** Null when redis-1 does not answer. */
export async function seeLive(probe: Probe): Promise<ReportSeen | null> {
  const report = await probe.info('redis-1');
  return report ? reduced(report) : null;
}

function reduced(report: InfoReport): ReportSeen {
  const number = (key: string) => {
    const value = infoNumber(report, key);
    return Number.isFinite(value) ? value : null;
  };
  const clock = number('server_time_usec');
  return {
    runId: report['run_id'] ?? null,
    clock: clock === null ? null : clock / 1e6,
    uptime: number('uptime_in_seconds'),
    commands: number('total_commands_processed'),
    connections: number('total_connections_received'),
    hits: number('keyspace_hits'),
    misses: number('keyspace_misses'),
    memory: number('used_memory'),
    peak: number('used_memory_peak'),
    rss: number('used_memory_rss'),
    limit: number('maxmemory'),
    machineMemory: number('total_system_memory'),
    clients: number('connected_clients'),
    blocked: number('blocked_clients'),
    stats: Object.entries(report).flatMap(([key, value]) => {
      if (!key.startsWith('cmdstat_')) return [];
      const parts = infoParts(value);
      const [calls, usec, perCall] = [Number(parts['calls']), Number(parts['usec']), Number(parts['usec_per_call'])];
      return [{ name: key.slice('cmdstat_'.length), calls, usec, perCall }];
    }),
  };
}
