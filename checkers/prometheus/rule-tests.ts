/** Runs the learner's loaded rules through made-up scenarios with promtool, on the monitor host, in a folder of its own. */
import type { Probe } from '#checking/probe.ts';
import { query, type Sample } from './api.ts';
import type { RulesSeen } from './rules.ts';
import { sampleEvery, seriesOf, type Scenario, type Series, type ServerLabels } from './scenarios.ts';

export type RuleTests = {
  /** By scenario: the names of the alerts that fire in it. */
  readonly firing: { readonly [scenario in Scenario]?: readonly string[] };
  /** What promtool could not do; null when all is well. */
  readonly failed: string | null;
};

/** Seconds after which an alert must fire in a scenario: `for` and the ranges in it included. */
export const patience = 540;

export const tookTooLong = 'it took longer than 30 s';

/** Rules that Prometheus itself cannot evaluate are left out: they are another finding. */
export async function testRules(
  probe: Probe,
  rules: RulesSeen,
  scenarios: readonly Scenario[],
  servers: readonly ServerLabels[],
): Promise<RuleTests> {
  const sound = { ...rules, alerts: rules.alerts.filter(({ error }) => !error) };
  if (sound.alerts.length === 0) return { firing: {}, failed: null };
  const live = await liveSeries(probe, sound);
  const tests = {
    rule_files: ['rules.yml'],
    evaluation_interval: `${sampleEvery}s`,
    tests: scenarios.map((scenario) => testOf(sound, scenario, seriesOf(scenario, live, servers))),
  };
  const input = [rulesFile(sound), tests].map((file) => `${JSON.stringify(file)}\n`).join('');
  const result = await probe.run('monitor', runTests, { input, timeout: 30_000 });
  return readOutput(result.stdout, sound, scenarios, result.timedOut);
}

/** Every series that one of the rules may mean, as it is now: its labels are what matters. Recorded ones are made anew. */
async function liveSeries(probe: Probe, { alerts, records }: RulesSeen): Promise<readonly Sample[]> {
  const words = [...alerts, ...records].flatMap(
    (rule): readonly string[] => rule.query.match(/[a-zA-Z_:][\w:]*/g) ?? [],
  );
  const names = new Set(['redis_memory_max_bytes', ...words]);
  for (const { name } of records) names.delete(name);
  const series = await query(probe, `{__name__=~"${[...names].join('|')}"}`);
  return series.slice(0, 400);
}

/** Alerts are renamed after their place in the list: two of them may have one name. */
const rulesFile = ({ alerts, records }: RulesSeen) => ({
  groups: [
    {
      name: 'learner',
      rules: [
        ...records.map(({ name, query: expr }) => ({ record: name, expr })),
        ...alerts.map(({ query: expr, wait }, n) => ({ alert: `alert${n}`, expr, for: `${Math.ceil(wait)}s` })),
      ],
    },
  ],
});

/**
 * Expects of each alert that it is silent: promtool then reports those that fire, and quotes the expression. The matcher
 * on `scenario`, a label that no alert has, matches always; it is there to be found in the report.
 */
const testOf = ({ alerts }: RulesSeen, scenario: Scenario, series: readonly Series[]) => ({
  interval: `${sampleEvery}s`,
  input_series: series,
  promql_expr_test: alerts.map((_, n) => ({
    expr: `(count(ALERTS{scenario!="${scenario}",alertname="alert${n}",alertstate="firing"}) > bool 0) or vector(0)`,
    eval_time: `${patience}s`,
    exp_samples: [{ labels: '{}', value: 0 }],
  })),
});

/** Reads promtool's report. */
export function readOutput(
  output: string,
  { alerts }: RulesSeen,
  scenarios: readonly Scenario[],
  timedOut: boolean,
): RuleTests {
  const reported = [...output.matchAll(/scenario!=\\"([\w@-]+)\\",alertname=\\"alert(\d+)\\"/g)];
  const trouble = timedOut || /\berr:/.test(output) || (reported.length === 0 && !output.includes('SUCCESS'));
  if (trouble) return { firing: {}, failed: timedOut ? tookTooLong : output.trim().slice(-300) };
  const fires = (scenario: Scenario) =>
    alerts.filter((_, n) => reported.some(([, name, place]) => name === scenario && Number(place) === n));
  const firing = scenarios.map((scenario) => [scenario, fires(scenario).map(({ name }) => name)]);
  return { firing: Object.fromEntries(firing) as RuleTests['firing'], failed: null };
}

/** Reads the rules file and the tests, a line each (JSON is YAML, too). */
const runTests = `
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder" || exit
IFS= read -r line && printf "%s" "$line" > rules.yml
cat > tests.yml
promtool test rules tests.yml 2>&1
`;
