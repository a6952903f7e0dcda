/** The judges of the monitoring lesson: Prometheus, its targets, what they tell. */
import { selector, type Labels } from '#checkers/prometheus/api.ts';
import { exactly, judgeAnswers } from '#checkers/questions.ts';
import { trio, type TrioHost } from '#checkers/trio/hosts.ts';
import { met, unmet, type Finding } from '#checking/define.ts';
import type { PrometheusSeen, TargetSeen } from '#checkers/prometheus/server.ts';
import { longestInterval, type MonitoringEvidence } from './evidence.ts';

export function judgePrometheus({ prometheus: { up, loaded, fault } }: MonitoringEvidence): Finding {
  const check = 'promtool check config /etc/prometheus/prometheus.yml says where.';
  if (!up)
    return unmet(
      'Nothing answers on monitor:9090.',
      fault ?? 'Install Prometheus and start it: sudo systemctl enable --now prometheus.',
    );
  if (!loaded)
    return unmet('Prometheus runs, but the last reload of its configuration failed.', `${fault ?? ''} ${check}`.trim());
  if (fault) return unmet(`The configuration file is broken: ${fault}`, check);
  return met('Prometheus is up, and its configuration is valid and loaded.');
}

export function judgeTargets({ prometheus, servers, refusals = [] }: MonitoringEvidence): Finding {
  const missing = trio.filter((host) => !servers[host].target);
  if (missing.length > 0)
    return unmet(
      `Prometheus has no live series from ${missing.join(', ')}.`,
      refusals.length > 0
        ? `The exporter is asked, and cannot ask them: ${refusals.join('; ').slice(0, 300)}`
        : adviceForTargets(prometheus),
    );
  const invented = trio.filter((host) => !isScraped(prometheus, servers[host].target));
  if (invented.length > 0)
    return unmet(
      `Prometheus has series of ${invented.join(', ')}, and scrapes no target of that name.`,
      'Series that a rule writes do not come from the server. The targets page of Prometheus must list all three.',
    );
  const down = trio.filter((host) => servers[host].up !== 1 || servers[host].redisUp !== 1);
  if (down.length > 0)
    return unmet(
      `${down.map((host) => `${host} (${nameOf(servers[host].target)}): up is ${servers[host].up}, redis_up is ${servers[host].redisUp}`).join('; ')}.`,
      'redis_up 0: the exporter cannot connect or log in. See curl "localhost:9121/scrape?target=redis://…" on monitor.',
    );
  const names = new Set(trio.map((host) => selector(servers[host].target ?? {})));
  if (names.size < trio.length)
    return unmet('Two servers share one set of labels.', 'Each target needs its own instance label.');
  return met(
    `Three servers, told apart by their run_id: ${trio.map((host) => nameOf(servers[host].target)).join(', ')}.`,
  );
}

/** Any rule may write an `up`; which targets there are, Prometheus itself says. */
const isScraped = ({ targets }: PrometheusSeen, labels: Labels | null): boolean =>
  targets.some(({ job, instance }) => labels?.['job'] === job && labels['instance'] === instance);

function adviceForTargets({ targets, stale }: PrometheusSeen): string {
  const urls = targets.map(({ url }) => url);
  if (stale)
    return 'prometheus.yml was written after Prometheus had read it. Let it read it again: sudo systemctl reload prometheus.';
  if (urls.some((url) => /:6379\/metrics/.test(url)))
    return 'Prometheus scrapes Redis itself on port 6379, which does not speak HTTP. Scrape the exporter (9121) and hand Redis over as ?target=.';
  const sick = targets.find(({ error }) => error !== '');
  if (sick) return adviceForError(sick);
  if (urls.some((url) => /9121\/metrics/.test(url)) && !urls.some((url) => url.includes('target=')))
    return "The exporter's /metrics shows its one default Redis. For several servers use /scrape?target=… with relabel_configs.";
  return 'Look at the targets page of Prometheus, and at curl "localhost:9121/scrape?target=redis://redis-2:6379" on monitor.';
}

function adviceForError({ url, error }: TargetSeen): string {
  const said = `Prometheus cannot scrape ${url}: ${error}.`;
  if (/connection refused/.test(error))
    return `${said} Does an exporter run there (systemctl status prometheus-redis-exporter)?`;
  if (/ 400 /.test(error) && url.includes('/scrape') && !url.includes('target='))
    return `${said} The exporter was not told which Redis is meant: a rule in relabel_configs must copy __address__ to __param_target.`;
  return said;
}

export function judgeMetrics({ prometheus, servers }: MonitoringEvidence): Finding {
  const wrong = trio.flatMap((host) => complaints(host, servers[host]));
  if (wrong.length > 0) {
    const withoutRate = trio.some((host) => !servers[host].load);
    return unmet(`${wrong.join('; ')}.`, withoutRate ? adviceForRate(longestInterval(prometheus)) : adviceForSeries);
  }
  const load = trio.map((host) => `${host} ${(servers[host].load ?? 0).toFixed(1)}`).join(', ');
  return met(`Memory, replication and load can be queried (commands per second: ${load}).`);
}

const adviceForRate = (every: number): string =>
  every > 30
    ? `A rate over a minute ([1m]) needs two scrapes in it, and a target is scraped every ${every} s: make scrape_interval 15s or less.`
    : `A rate over a minute ([1m]) needs two scrapes in it: after a start of Prometheus that takes up to ${2 * every} s. Check again.`;
const adviceForSeries =
  'Ask for that series on the page of Prometheus. Where it is missing, look at what the exporter shows for the server: curl "localhost:9121/scrape?target=redis://redis-2:6379" on monitor.';

function complaints(
  host: TrioHost,
  { role, load, memory, linkUp, replicas }: MonitoringEvidence['servers'][TrioHost],
): readonly string[] {
  const found: string[] = [];
  if (!load) found.push(`${host} has no rate of commands`);
  if (!memory) found.push(`${host} has no memory in use`);
  if (role === 'master' && replicas !== 2) found.push(`connected_slaves of the master ${host} is ${replicas}`);
  if (role === 'replica' && linkUp !== 1) found.push(`redis_master_link_up of ${host} is ${linkUp}`);
  return found;
}

/** Samples of redis_up in an hour, of the three servers together: question `samples`. */
export function judgeSamples({ prometheus, servers, answers }: MonitoringEvidence): Finding {
  const answer = answers['samples'];
  if (!answer) return unmet('Not answered yet.', 'One sample a scrape, for each of the three servers.');
  const own = trio.map((host) => servers[host].target);
  const right = prometheus.targets
    .filter(({ job, instance }) => own.some((target) => target?.['job'] === job && target['instance'] === instance))
    .reduce((sum, { every }) => sum + 3_600 / every, 0);
  return Math.abs(Number(answer.replaceAll(/[\s.,]/g, '')) - right) <= right * 0.01
    ? met(`${Math.round(right)} samples an hour.`)
    : unmet(
        `${answer} samples an hour is not what your scrape_interval makes.`,
        'One sample a scrape, for each of the three servers.',
      );
}

export function judgeGone({ answers }: MonitoringEvidence): Finding {
  const fromRedis = 'comes from that server itself: when it cannot be asked the series ends, and nothing equals 0';
  return judgeAnswers(answers, [
    {
      id: 'gone',
      about: 'the lost host',
      isRight: exactly('up'),
      because: 'up is written by Prometheus itself, also when nothing answers.',
      mistakes: { link: `redis_master_link_up ${fromRedis}`, clients: `redis_connected_clients ${fromRedis}` },
      lookAt: 'A host without network cannot be scraped: which series is written even then?',
    },
  ]);
}

const nameOf = (target: MonitoringEvidence['servers'][TrioHost]['target']): string => target?.['instance'] ?? '?';
