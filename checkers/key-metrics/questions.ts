/** The quiz of the lesson: each truth is computed from the learner's own reports and server. */
import { met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { CommandSeen, ReportSeen } from './reports.ts';

export interface Sources {
  readonly first: ReportSeen;
  readonly second: ReportSeen;
  readonly live: ReportSeen;
}

/** What the application sends; what the learner and the platform ask for themselves is left out. */
const applicationCommands = /^(hget|sismember|zscore|lindex|get|set|sort|lrange|smembers|zrange)$/;
const commandsOf = ({ stats }: ReportSeen) => stats.filter((command) => applicationCommands.test(command.name));
const most = (commands: readonly CommandSeen[], of: 'calls' | 'usec' | 'perCall') =>
  commands.toSorted((a, b) => b[of] - a[of])[0]?.name ?? '';

export function busiest(given: string, { live }: Sources): Finding {
  const commands = commandsOf(live);
  const answer = word(given);
  if (answer === most(commands, 'calls')) return met(`${answer} is called most often`);
  if (answer === most(commands, 'perCall')) return unmet(`${answer} is slow, but it is rarely called`, readCalls);
  return unmet(`${answer} is not the command with the most calls`, readCalls);
}
const readCalls = 'Compare calls= among the lines of redis-cli INFO commandstats.';

export function slowest(given: string, { live }: Sources): Finding {
  const commands = commandsOf(live);
  const answer = word(given);
  const hint = 'Compare usec_per_call= among the lines of redis-cli INFO commandstats: microseconds for one call.';
  if (answer === most(commands, 'perCall')) return met(`${answer} takes the most time per call`);
  if (answer === most(commands, 'calls')) return unmet(`${answer} is called most, but each call is cheap`, hint);
  if (answer === most(commands, 'usec')) return unmet(`${answer} takes the most time in total, not per call`, hint);
  return unmet(`${answer} is not the slowest command per call`, hint);
}

export function blocked(given: string, { second, live }: Sources): Finding {
  const answer = number(given);
  const hint = 'Look for blocked_clients in the section Clients.';
  if (answer === live.blocked || answer === second.blocked) return met(`${answer} clients wait in a blocking command`);
  if (answer === live.clients || answer === second.clients) {
    return unmet(`${answer} is connected_clients: all connections, waiting or not`, hint);
  }
  return unmet(`${given} clients is not right`, hint);
}

export function memoryShare(given: string, { second, live }: Sources): Finding {
  const answer = number(given);
  const hint = 'Divide used_memory by maxmemory (both in bytes, in the section Memory) and multiply by 100.';
  const shares = [second, live].map((report) => percent(report.memory, live.limit));
  if (answer >= Math.min(...shares) - 2 && answer <= Math.max(...shares) + 2)
    return met(`${given} % of the limit is right`);
  if (shares.some((share) => isFraction(answer, share))) return unmet(fraction(given), hint);
  if (near(answer, percent(live.memory, live.machineMemory), 1)) {
    return unmet(`${given} % is the share of the machine's memory; the limit of Redis is maxmemory`, hint);
  }
  if (near(answer, percent(live.rss, live.limit), 2)) {
    return unmet(`${given} % counts used_memory_rss; the limit applies to used_memory`, hint);
  }
  if (near(answer, percent(live.memory, live.peak), 2)) {
    return unmet(`${given} % compares with the highest use so far (peak), not with the limit`, hint);
  }
  return unmet(`${given} % is not used_memory divided by maxmemory`, hint);
}

export function operations(given: string, { first, second }: Sources): Finding {
  const answer = number(given);
  const truth = perSecond(first, second, 'commands');
  const hint =
    'Take total_commands_processed of both reports; divide the difference by the seconds between them (server_time_usec counts microseconds).';
  if (near(answer, truth, 0.15 * truth)) return met(`${given} commands per second is right`);
  if (near(answer, second.commands ?? NaN, 1) || near(answer, first.commands ?? NaN, 1)) {
    return unmet(
      `${given} is the counter itself; a rate is the difference of two readings over the time between`,
      hint,
    );
  }
  return unmet(`${given} per second is not the rate between your two reports`, hint);
}

export function hitRate(given: string, { first, second, live }: Sources): Finding {
  const answer = number(given);
  const hint = 'Divide keyspace_hits by keyspace_hits + keyspace_misses (section Stats) and multiply by 100.';
  const rate = (hits: number, misses: number) => percent(hits, hits + misses);
  const truths = [
    ...[second, live].map((report) => rate(report.hits ?? 0, report.misses ?? 0)),
    rate((second.hits ?? 0) - (first.hits ?? 0), (second.misses ?? 0) - (first.misses ?? 0)),
  ];
  if (truths.some((truth) => near(answer, truth, 1.5))) return met(`${given} % of the look-ups hit`);
  if (truths.some((truth) => isFraction(answer, truth))) return unmet(fraction(given), hint);
  if (truths.some((truth) => near(answer, 100 - truth, 1.5))) return unmet(`${given} % is the share that missed`, hint);
  return unmet(`${given} % is not the share of hits`, hint);
}

export function growth(given: string, { first, second }: Sources): Finding {
  const answer = number(given);
  const truth = perSecond(first, second, 'memory') / 1024;
  const hint = 'Divide the difference of used_memory in your two reports by the seconds between them, and by 1024.';
  if (near(answer, truth, Math.max(2, 0.25 * Math.abs(truth)))) return met(`${given} KiB per second is right`);
  if (near(answer, truth * 1024, Math.max(2048, 256 * Math.abs(truth))))
    return unmet(`${given} is in bytes, not in KiB`, hint);
  if (answer === 0) return unmet('used_memory did grow between your reports', hint);
  return unmet(`${given} KiB per second is not the growth between your reports`, hint);
}

const word = (given: string) =>
  given
    .trim()
    .toLowerCase()
    .replace(/^cmdstat_/, '');
const number = (given: string) => Number.parseFloat(given.replace(',', '.').replaceAll(/[\s%]/g, ''));
const near = (a: number, b: number, by: number) => Math.abs(a - b) <= by;
const percent = (part: number | null, whole: number | null) => (100 * (part ?? NaN)) / (whole ?? NaN);

const isFraction = (given: number, share: number) => given > 0 && given < 1 && near(100 * given, share, 2);
const fraction = (given: string) => `${given} is the right share, but not in percent`;

function perSecond(first: ReportSeen, second: ReportSeen, field: 'commands' | 'memory'): number {
  return ((second[field] ?? NaN) - (first[field] ?? NaN)) / ((second.clock ?? NaN) - (first.clock ?? NaN));
}
