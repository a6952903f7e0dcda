/**
 * Made-up ten minutes in the life of the learner's own series: each takes the names and labels that Prometheus has now and
 * gives them other values, so that a rule is judged by what it does with them and not by how it is written.
 */
import { selector, type Sample } from './api.ts';

/** What happens to the servers while a scenario lasts. */
export type Scenario = 'well' | 'memory-high' | 'no-limit' | 'busy' | 'lagging' | 'link-down';

export type Series = { readonly series: string; readonly values: string };

const minutes = 10;
/** Seconds between two samples. */
export const sampleEvery = 5;
const samples = (minutes * 60) / sampleEvery;
const usualLimit = 64 * 1024 * 1024;

export function seriesOf(scenario: Scenario, live: readonly Sample[]): readonly Series[] {
  const limits = new Map(
    live
      .filter(({ labels }) => labels['__name__'] === 'redis_memory_max_bytes')
      .map((sample) => [target(sample), sample.value]),
  );
  return live.flatMap((sample) => {
    const values = valuesOf(sample, scenario, limits.get(target(sample)) || usualLimit);
    return values === undefined ? [] : [{ series: written(sample), values }];
  });
}

/** Promtool's notation for one series; undefined where the series would not be there. */
function valuesOf({ labels, value }: Sample, scenario: Scenario, limit: number): string | undefined {
  const linkDown = scenario === 'link-down';
  switch (labels['__name__']) {
    case 'redis_memory_used_bytes':
    case 'redis_memory_used_rss_bytes':
      return constant(Math.round(limit * (scenario === 'memory-high' ? 0.9 : 0.6)));
    case 'redis_memory_max_bytes':
    case 'redis_config_maxmemory':
      return constant(scenario === 'no-limit' ? 0 : limit);
    case 'up':
    case 'redis_up':
      return constant(1);
    case 'redis_commands_processed_total':
    case 'redis_commands_total':
      return growing(scenario === 'busy' ? 1_000_000 : 5);
    case 'redis_connected_slave_lag_seconds':
      return linkDown ? undefined : constant(scenario === 'lagging' ? 900 : 0);
    case 'redis_connected_slave_offset_bytes':
      return linkDown ? undefined : growing(scenario === 'lagging' ? 0 : 1_000_000);
    case 'redis_slave_repl_offset':
      return growing(linkDown || scenario === 'lagging' ? 0 : 1_000_000);
    case 'redis_master_repl_offset':
      return growing(1_000_000);
    case 'redis_connected_slaves':
      return constant(linkDown ? 0 : value);
    case 'redis_master_link_up':
      return constant(linkDown ? 0 : 1);
    case 'redis_master_link_down_since_seconds':
      return linkDown ? constant(900) : undefined;
    case 'redis_master_last_io_seconds_ago':
      return constant(scenario === 'lagging' ? 900 : linkDown ? -1 : 0);
    default:
      return constant(value);
  }
}

const constant = (value: number): string => `${value}x${samples}`;
const growing = (perSecond: number): string => `0+${perSecond * sampleEvery}x${samples}`;
const targetLabels = ({ labels }: Sample) => Object.entries(labels).filter(([name]) => name !== '__name__');
const target = (sample: Sample): string => JSON.stringify(targetLabels(sample));
const written = (sample: Sample): string =>
  sample.labels['__name__'] + selector(Object.fromEntries(targetLabels(sample)));
