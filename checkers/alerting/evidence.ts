/** What the alerting lessons look at: limits, series, rules and what they do, Alertmanager and where it sends. */
import { seeAlertmanager, type AlertmanagerSeen } from '#checkers/alertmanager/see.ts';
import { seeGrafanaAlerts, type GrafanaAlerts } from '#checkers/grafana/alerts.ts';
import { unknownMetrics, type UnknownMetric } from '#checkers/prometheus/metric-names.ts';
import { testRules, type RuleTests } from '#checkers/prometheus/rule-tests.ts';
import { seeRules, type RulesSeen } from '#checkers/prometheus/rules.ts';
import type { Fault, Scenario, ServerLabels } from '#checkers/prometheus/scenarios.ts';
import type { Labels } from '#checkers/prometheus/api.ts';
import { seePrometheus, targetsByRunId, type PrometheusSeen } from '#checkers/prometheus/server.ts';
import type { Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { seeLimit, type LimitSeen } from './limits.ts';

export type AlertingEvidence = {
  readonly limits: { readonly [host: string]: LimitSeen };
  readonly prometheus: PrometheusSeen;
  readonly rules: RulesSeen;
  readonly tests: RuleTests;
  readonly unknown: readonly UnknownMetric[];
  readonly alertmanager: AlertmanagerSeen;
  readonly grafana: GrafanaAlerts;
  readonly answers: { readonly [question: string]: string };
};

/** Waits some seconds for a Prometheus that has just been started or reloaded, and for alerts that are about to fire. */
export async function collectAlerting(
  probe: Probe,
  hosts: readonly HostName[],
  faults: readonly Fault[],
): Promise<AlertingEvidence> {
  let [seen, servers] = await see(probe, hosts);
  await probe.until(async () => {
    if (!isSettling(seen) && !(await isStarting(probe, seen))) return true;
    [seen, servers] = await see(probe, hosts);
    return undefined;
  }, 25_000);
  const [tests, unknown, alertmanager, grafana] = await Promise.all([
    testRules(probe, seen.rules, scenariosOf(faults, servers), servers),
    unknownMetrics(probe, seen.rules),
    seeAlertmanager(probe),
    seeGrafanaAlerts(probe),
  ]);
  return { ...seen, tests, unknown, alertmanager, grafana, answers: { ...probe.answers } };
}

async function see(probe: Probe, hosts: readonly HostName[]) {
  const prometheus = await seePrometheus(probe);
  // After that: what is asked of a Prometheus that is not up yet has no answers, and would look as if it had none.
  const [targets, rules] = await Promise.all([targetsByRunId(probe, hosts), seeRules(probe)]);
  const limits = await Promise.all(
    hosts.map(async (host) => [host, await seeLimit(probe, host, targets[host] ?? null)] as const),
  );
  const servers = await Promise.all(hosts.map((host) => seeLabels(probe, host, targets[host] ?? null)));
  return [{ prometheus, rules, limits: Object.fromEntries(limits) }, servers] as const;
}

async function seeLabels(probe: Probe, host: HostName, target: Labels | null): Promise<ServerLabels> {
  const replica = (await probe.info(host))?.['role'] === 'slave';
  return { host, replica, target, addresses: [probe.address(host), host] };
}

/** Every fault for all servers at once, and where there are several, for each of those that it can befall. */
function scenariosOf(faults: readonly Fault[], servers: readonly ServerLabels[]): readonly Scenario[] {
  return faults.flatMap((fault): readonly Scenario[] => {
    const victims = servers.length > 1 ? servers.filter((server) => befalls(fault, server)) : [];
    // Servers that all stand still at once tell nothing to anybody.
    return [...(fault === 'frozen' ? [] : [fault]), ...victims.map(({ host }) => `${fault}@${host}` as const)];
  });
}

function befalls(fault: Fault, { replica, target }: ServerLabels): boolean {
  if (!target || fault === 'well' || fault === 'no-limit') return false;
  return replica || fault === 'memory-high' || fault === 'busy';
}

/** Just loaded and not yet seen once, or an alert that will soon fire or be gone: a slow scrape looks like that, too. */
const isSettling = ({ prometheus, rules, limits }: Awaited<ReturnType<typeof see>>[0]): boolean =>
  rules.alerts.some(({ state }) => state === 'pending') ||
  (prometheus.up &&
    prometheus.age < 15 &&
    (prometheus.targets.length === 0 ||
      rules.alerts.some(({ evaluated }) => !evaluated) ||
      Object.values(limits).some(({ running, prometheus: shown }) => !!running && running !== shown)));

/** Its process lives, and it still reads its data: it answers nothing until then. */
async function isStarting(probe: Probe, { prometheus }: Awaited<ReturnType<typeof see>>[0]): Promise<boolean> {
  return !prometheus.up && (await probe.run('monitor', 'systemctl -q is-active prometheus')).code === 0;
}
