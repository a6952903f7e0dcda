/**
 * Whether a report can be what this server said: a file is easily written by hand, so its numbers must fit those that
 * the checker read itself, when the step began and now. Counters only grow, and one that was edited no longer fits the
 * others.
 */
import type { ReportSeen } from './reports.ts';

const counters = [
  ['commands', 'total_commands_processed'],
  ['connections', 'total_connections_received'],
  ['hits', 'keyspace_hits'],
  ['misses', 'keyspace_misses'],
  ['clock', 'server_time_usec'],
] as const;

/** What is wrong with the report called `name`; undefined when nothing is. */
export function notGenuine(
  name: string,
  report: ReportSeen,
  begun: ReportSeen | null,
  live: ReportSeen,
): string | undefined {
  if (report.runId === null) return `${name} is not an INFO report: it has no run_id`;
  if (report.runId !== live.runId) {
    return `${name} is not from the Redis that runs here now: another server's run_id, or Redis was restarted since`;
  }
  // After a restart, or CONFIG RESETSTAT, the counters of the beginning say nothing any more.
  const comparable = begun?.runId === live.runId ? begun : null;
  const reset = comparable !== null && counters.some(([field]) => (live[field] ?? 0) < (comparable[field] ?? 0));
  const since = reset ? null : comparable;
  for (const [field, label] of counters) {
    const value = report[field];
    if (value === null) return `${name} lacks ${label}`;
    if (since && value < (since[field] ?? 0)) {
      return field === 'clock'
        ? `${name} is from before you began this step`
        : `${name} says ${label}:${value}, which was passed before you began`;
    }
    if (value > (live[field] ?? Infinity)) {
      return reset
        ? `${name} says ${label}:${value}, and the server ${live[field]}: its statistics were reset since (CONFIG RESETSTAT)`
        : `${name} says ${label}:${value}, which this server has not reached yet`;
    }
  }
  const started = (seen: ReportSeen) => (seen.clock ?? 0) - (seen.uptime ?? 0);
  if (Math.abs(started(report) - started(live)) > 3)
    return `${name} has an uptime that does not fit its server_time_usec`;
  return miscounted(name, report);
}

/** Two sections that were asked for one after the other may lie some seconds of the shop's work apart. */
const someSeconds = 600;

/** Every command counts once in total_commands_processed and once in its own statistics. */
function miscounted(name: string, { commands, stats }: ReportSeen): string | undefined {
  if (stats.length === 0 || commands === null) return undefined;
  const sum = stats.reduce((calls, command) => calls + command.calls, 0);
  if (Math.abs(sum - commands) <= someSeconds) return undefined;
  return `${name} does not add up: its commands were called ${sum} times, but total_commands_processed is ${commands}`;
}

/** Two reports are of two moments: the application, which never rests, has worked between them. */
export function stoodStill(first: ReportSeen, second: ReportSeen, begun: ReportSeen, live: ReportSeen): boolean {
  const rate = (from: ReportSeen, to: ReportSeen) =>
    ((to.commands ?? 0) - (from.commands ?? 0)) / Math.max(1, (to.clock ?? 0) - (from.clock ?? 0));
  return rate(first, second) < 0.2 * rate(begun, live);
}
