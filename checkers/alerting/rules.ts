/** What the learner's rules do, judged by the scenarios that they were run through. */
import type { RuleTests } from '#checkers/prometheus/rule-tests.ts';
import { faultOf, hostOf, type Fault, type Scenario } from '#checkers/prometheus/scenarios.ts';
import type { UnknownMetric } from '#checkers/prometheus/metric-names.ts';
import { patience, tookTooLong } from '#checkers/prometheus/rule-tests.ts';
import type { PrometheusSeen } from '#checkers/prometheus/server.ts';
import { met, unmet, type Finding } from '#checking/define.ts';
import type { AlertingEvidence } from './evidence.ts';
import { nearlyFull } from './limits.ts';

export const firingIn = ({ firing }: RuleTests, scenario: Scenario): readonly string[] => firing[scenario] ?? [];

/** The alerts that fire in one of these scenarios and are silent while all is well. */
export const alertsFor = ({ tests }: AlertingEvidence, ...scenarios: readonly Scenario[]): readonly string[] => {
  const always = firingIn(tests, 'well');
  return [...new Set(scenarios.flatMap((scenario) => firingIn(tests, scenario)))].filter(
    (name) => !always.includes(name),
  );
};

interface Befallen {
  readonly host: string;
  readonly firing: readonly string[];
}

/** The scenarios in which one of these faults befell one server alone. */
const alone = ({ tests }: AlertingEvidence, faults: readonly Fault[]): readonly Befallen[] =>
  (Object.entries(tests.firing) as [Scenario, readonly string[]][]).flatMap(([scenario, firing]) => {
    const host = hostOf(scenario);
    return host !== undefined && faults.includes(faultOf(scenario)) ? [{ host, firing }] : [];
  });

/** The alerts that fire when this fault befalls some server alone. */
export const alertsForOne = (evidence: AlertingEvidence, fault: Fault): readonly string[] => {
  const always = firingIn(evidence.tests, 'well');
  const firing = alone(evidence, [fault]).flatMap((befallen) => befallen.firing);
  return [...new Set(firing)].filter((name) => !always.includes(name));
};

/** Servers for which none of these alerts fires when such a fault befalls that one alone. */
export function unheard(
  evidence: AlertingEvidence,
  alerts: readonly string[],
  ...faults: readonly Fault[]
): readonly string[] {
  const befallen = alone(evidence, faults);
  const heard = befallen.filter(({ firing }) => firing.some((name) => alerts.includes(name))).map(({ host }) => host);
  return [...new Set(befallen.map(({ host }) => host))].filter((host) => !heard.includes(host));
}

export function memoryAlerts(evidence: AlertingEvidence): readonly string[] {
  const noLimit = firingIn(evidence.tests, 'no-limit');
  return alertsFor(evidence, 'memory-high').filter((name) => !noLimit.includes(name));
}

export function judgeMemoryRule(evidence: AlertingEvidence): Finding {
  const trouble = judgeLoaded(evidence);
  if (trouble) return trouble;
  const alerts = memoryAlerts(evidence);
  const [good] = alerts;
  const deaf = unheard(evidence, alerts, 'memory-high');
  if (good && deaf.length > 0)
    return unmet(
      `${alerts.join(', ')}: silent when only ${deaf.join(' or ')} is at 90 % of its limit.`,
      'A rule without instance in its expression, and without a sum over all servers, is evaluated for each of them.',
    );
  if (good) return met(`${good}: silent at 60 %, fires at 90 %, silent without a limit.`);
  const high = firingIn(evidence.tests, 'memory-high');
  const always = firingIn(evidence.tests, 'well').find((name) => high.includes(name));
  if (always)
    return unmet(`${always} fires already at 60 % of the limit.`, 'The usual form is 100 * used / limit > 80.');
  const [unguarded] = high;
  if (unguarded)
    return unmet(
      `${unguarded} fires when there is no limit: x / 0 is +Inf, which is over any threshold.`,
      'Divide only by limits that are there: (redis_memory_max_bytes > 0).',
    );
  const compare =
    'Compare redis_memory_used_bytes with redis_memory_max_bytes: their share with 0.8, a percentage with 80.';
  const unknown = evidence.unknown.find(({ metric }) => metric.includes('mem'));
  if (unknown) return unmet(neverFires(unknown), compare);
  const { alerts: loaded } = evidence.rules;
  const slow = loaded.filter(({ wait }) => wait > patience);
  return unmet(
    `At 90 % of the limit no alert fires within ${patience / 60} minutes; loaded: ${loaded.map(({ name }) => name).join(', ')}.`,
    slow.length > 0
      ? `${slow.map(({ name, wait }) => `${name} waits ${wait} s (for:)`).join(', ')}: keep it short.`
      : compare,
  );
}

/** A rule whose series is never there neither fires nor errs. */
export const neverFires = ({ rule, metric }: UnknownMetric): string =>
  `${rule} asks for ${metric}, which no series is called: it never fires.`;

/** Rules that could not be loaded, evaluated or run. */
export function judgeLoaded({ prometheus, rules, tests }: AlertingEvidence): Finding | undefined {
  const inMainFile = /groups not found|field groups/.test(prometheus.fault ?? '');
  if (inMainFile)
    return unmet(
      `Prometheus does not take rules inside prometheus.yml: ${prometheus.fault}`,
      'Put "groups:" into a file of its own, and name that file under rule_files.',
    );
  if (!prometheus.up)
    return unmet(
      `Prometheus does not answer on monitor:9090${logged(prometheus)}.`,
      prometheus.fault ??
        (/permission denied/.test(prometheus.lastError ?? '')
          ? 'The user prometheus must be able to read its files: sudo chmod a+r on it, then sudo systemctl start prometheus.'
          : 'sudo systemctl start prometheus'),
    );
  if (!prometheus.loaded || prometheus.fault)
    return unmet(
      `Prometheus still has its old configuration: ${prometheus.fault ?? `the last reload failed${logged(prometheus)}.`}`,
      'promtool check config /etc/prometheus/prometheus.yml says where; then sudo systemctl reload prometheus.',
    );
  if (rules.alerts.length === 0)
    return unmet(
      'Prometheus has loaded no alert rules.',
      prometheus.stale
        ? 'prometheus.yml was written after Prometheus had read it: sudo systemctl reload prometheus.'
        : 'Name the file under rule_files in prometheus.yml (a pattern that fits no file is no error), then sudo systemctl reload prometheus.',
    );
  const sick = rules.alerts.find(({ error }) => error);
  if (sick)
    return unmet(`${sick.name} cannot be evaluated: ${sick.error}`, 'Try its expression on the page of Prometheus.');
  if (tests.failed === null) return undefined;
  return unmet(
    `promtool could not run your rules: ${tests.failed}`,
    tests.failed === tookTooLong ? 'The machine was busy: check again.' : 'Try promtool check rules on your rule file.',
  );
}

const logged = ({ lastError }: PrometheusSeen): string => (lastError ? ` (its log: ${lastError})` : '');

export function judgeQuiet({ rules, limits }: AlertingEvidence): Finding {
  const fresh = rules.alerts.find(({ evaluated }) => !evaluated);
  if (fresh) return unmet(`${fresh.name} has not been evaluated yet.`, 'Check again in some seconds.');
  const loud = rules.alerts.filter(({ state }) => state !== 'inactive');
  if (loud.length === 0) return met('No alert is firing or about to.');
  const full = nearlyFull(limits);
  if (full.length > 0)
    return unmet(
      `${loud.map(({ name, state }) => `${name} is ${state}`).join(', ')}, and rightly: ${full.join(', ')}.`,
      'Make room, wait until "resolved" has arrived, then check again: the drills begin with healthy servers.',
    );
  const ownPage = loud.some(({ instances }) => instances.some((instance) => instance.endsWith(':9121')));
  return unmet(
    `Nothing is wrong, and yet: ${loud.map(({ name, state, instances }) => `${name} is ${state} (${instances.join(', ')})`).join('; ')}.`,
    ownPage
      ? 'That instance is the exporter itself, which looks for a Redis on its own host: start it with ARGS="-redis.addr=".'
      : 'An alert that fires all the time is soon read by nobody. Look at its value on the page of Prometheus; after a real fault give it some seconds.',
  );
}
