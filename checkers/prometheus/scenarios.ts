/**
 * Made-up ten minutes in the life of the learner's own series: each takes the names and labels that Prometheus has now and
 * gives them other values, so that a rule is judged by what it does with them and not by how it is written.
 */
import { selector, type Labels, type Sample } from './api.ts';

/** What happens to the servers while a scenario lasts. `frozen`: a replica's host stands still, and tells nothing itself. */
export type Fault = 'well' | 'memory-high' | 'no-limit' | 'busy' | 'lagging' | 'frozen' | 'link-down';
/** To all servers at once, or to one ("busy@redis-2") while the others are well. */
export type Scenario = Fault | `${Fault}@${string}`;

/** How the series of one server are to be known: by the labels of its target, or, where its master tells of it, by an address. */
export type ServerLabels = {
  readonly host: string;
  readonly replica: boolean;
  readonly target: Labels | null;
  readonly addresses: readonly string[];
};

export type Series = { readonly series: string; readonly values: string };

const minutes = 10;
/** Seconds between two samples. */
export const sampleEvery = 5;
const samples = (minutes * 60) / sampleEvery;
const usualLimit = 64 * 1024 * 1024;
/** What a server has done in the weeks before: a rule that compares the counter itself, and not its rate, is over any threshold. */
const longRun = 1_000_000_000;

export const faultOf = (scenario: Scenario): Fault => scenario.split('@')[0] as Fault;
export const hostOf = (scenario: Scenario): string | undefined => scenario.split('@')[1];

export function seriesOf(
  scenario: Scenario,
  live: readonly Sample[],
  servers: readonly ServerLabels[] = [],
): readonly Series[] {
  const limits = new Map(
    live
      .filter(({ labels }) => labels['__name__'] === 'redis_memory_max_bytes')
      .map((sample) => [target(sample), sample.value]),
  );
  return live.flatMap((sample) => {
    const limit = limits.get(target(sample)) || usualLimit;
    const values = valuesOf(sample, scenario, limit, toldBy(sample, hostOf(scenario), servers));
    return values === undefined ? [] : [{ series: written(sample), values }];
  });
}

/** Who tells a series: the server that the scenario is about, its master about it, or another. */
type Teller = 'itself' | 'its-master' | 'another';

function toldBy({ labels }: Sample, host: string | undefined, servers: readonly ServerLabels[]): Teller {
  if (host === undefined) return 'itself';
  const server = servers.find((each) => each.host === host);
  if (!server?.target) return 'another';
  if (Object.entries(server.target).every(([name, value]) => labels[name] === value)) return 'itself';
  return server.addresses.includes(labels['slave_ip'] ?? '') ? 'its-master' : 'another';
}

/** Promtool's notation for one series; undefined where the series would not be there. */
function valuesOf(sample: Sample, scenario: Scenario, limit: number, teller: Teller): string | undefined {
  const fault = faultOf(scenario);
  const name = sample.labels['__name__'];
  // The master of one replica that has lost it counts one less.
  if (fault === 'link-down' && teller === 'another' && name === 'redis_connected_slaves')
    return constant(Math.max(0, sample.value - 1));
  if (teller === 'another') return valueIn('well', sample, limit);
  if (fault === 'frozen' && teller === 'itself' && name !== 'up' && name !== 'redis_up') return undefined;
  return valueIn(fault, sample, limit);
}

function valueIn(fault: Fault, { labels, value }: Sample, limit: number): string | undefined {
  const linkDown = fault === 'link-down';
  const lagging = fault === 'lagging' || fault === 'frozen';
  switch (labels['__name__']) {
    case 'redis_memory_used_bytes':
    case 'redis_memory_used_rss_bytes':
      return constant(Math.round(limit * (fault === 'memory-high' ? 0.9 : 0.6)));
    case 'redis_memory_max_bytes':
    case 'redis_config_maxmemory':
      return constant(fault === 'no-limit' ? 0 : limit);
    case 'up':
    case 'redis_up':
      return constant(1);
    case 'redis_commands_processed_total':
    case 'redis_commands_total':
      return growing(fault === 'busy' ? 1_000_000 : 5, longRun);
    case 'redis_connected_slave_lag_seconds':
      return linkDown ? undefined : constant(lagging ? 900 : 0);
    case 'redis_connected_slave_offset_bytes':
      return linkDown ? undefined : growing(lagging ? 0 : 1_000_000);
    case 'redis_slave_repl_offset':
      return growing(linkDown || lagging ? 0 : 1_000_000);
    case 'redis_master_repl_offset':
      return growing(1_000_000);
    case 'redis_connected_slaves':
      return constant(linkDown ? 0 : value);
    case 'redis_master_link_up':
      return constant(linkDown ? 0 : 1);
    case 'redis_master_link_down_since_seconds':
      return linkDown ? constant(900) : undefined;
    case 'redis_master_last_io_seconds_ago':
      return constant(lagging ? 900 : linkDown ? -1 : 0);
    default:
      return constant(value);
  }
}

const constant = (value: number): string => `${value}x${samples}`;
const growing = (perSecond: number, from = 0): string => `${from}+${perSecond * sampleEvery}x${samples}`;
const targetLabels = ({ labels }: Sample) => Object.entries(labels).filter(([name]) => name !== '__name__');
const target = (sample: Sample): string => JSON.stringify(targetLabels(sample));
const written = (sample: Sample): string =>
  sample.labels['__name__'] + selector(Object.fromEntries(targetLabels(sample)));
