/** Runs the learner's loaded rules through made-up scenarios with promtool, on the monitor host, in a folder of its own. */
import type { Probe } from '#checking/probe.ts';
import { query, type Sample } from './api.ts';
import type { RulesSeen } from './rules.ts';
import { sampleEvery, seriesOf, type Scenario } from './scenarios.ts';

/** By scenario: the names of the alerts that fire in it, or what promtool could not do. */
export type RuleTests = { readonly [scenario in Scenario]?: readonly string[] | { readonly failed: string } };

/** Rules that Prometheus itself cannot evaluate are left out: they are another finding. */
export async function testRules(probe: Probe, rules: RulesSeen, scenarios: readonly Scenario[]): Promise<RuleTests> {
  const alerts = rules.alerts.filter(({ error }) => !error);
  if (alerts.length === 0) return {};
  const live = await liveSeries(
    probe,
    [...alerts, ...rules.records].map((rule) => rule.query),
  );
  const sound = { ...rules, alerts };
  const files = [rulesFile(sound), ...scenarios.map((scenario) => testFile(sound, scenario, live))];
  const result = await probe.run('monitor', runTests, {
    input: files.map((file) => `${JSON.stringify(file)}\n`).join(''),
  });
  const outputs = result.stdout.split('=== next test\n').slice(1);
  return Object.fromEntries(scenarios.map((scenario, n) => [scenario, firing(sound, outputs[n] ?? result.stderr)]));
}

/** Every series that one of the rules may mean, as it is now: its labels are what matters. */
async function liveSeries(probe: Probe, queries: readonly string[]): Promise<readonly Sample[]> {
  const words = queries.flatMap((text) => text.match(/[a-zA-Z_:][\w:]*/g) ?? []);
  const names = new Set(['redis_memory_max_bytes', ...words]);
  const series = await query(probe, `{__name__=~"${[...names].join('|')}"}`);
  return series.slice(0, 400);
}

/** Alerts are renamed after their place in the list: two of them may have one name. */
const nameOf = (n: number): string => `alert${n}`;

const rulesFile = ({ alerts, records }: RulesSeen) => ({
  groups: [
    {
      name: 'learner',
      rules: [
        ...records.map(({ name, query: expr }) => ({ record: name, expr })),
        ...alerts.map(({ query: expr, wait }, n) => ({ alert: nameOf(n), expr, for: `${Math.ceil(wait)}s` })),
      ],
    },
  ],
});

/** Expects of each alert that it is silent: promtool then reports those that fire. */
const testFile = ({ alerts }: RulesSeen, scenario: Scenario, live: readonly Sample[]) => ({
  rule_files: ['rules.yml'],
  evaluation_interval: `${sampleEvery}s`,
  tests: [
    {
      interval: `${sampleEvery}s`,
      input_series: seriesOf(scenario, live),
      promql_expr_test: alerts.map((_, n) => ({
        expr: `(count(ALERTS{alertname="${nameOf(n)}",alertstate="firing"}) > bool 0) or vector(0)`,
        eval_time: '18m',
        exp_samples: [{ labels: '{}', value: 0 }],
      })),
    },
  ],
});

function firing({ alerts }: RulesSeen, output: string): readonly string[] | { readonly failed: string } {
  if (/SUCCESS/.test(output)) return [];
  const places = new Set([...output.matchAll(/alertname=\\"alert(\d+)\\"/g)].map(([, n]) => Number(n)));
  if (places.size === 0) return { failed: output.trim().slice(-300) };
  return alerts.filter((_, n) => places.has(n)).map(({ name }) => name);
}

/** Reads a rules file and test files, a line each (JSON is YAML, too). */
const runTests = `
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder" || exit
IFS= read -r line && printf '%s' "$line" > rules.yml
while IFS= read -r line; do
  printf '%s' "$line" > test.yml
  echo '=== next test'
  promtool test rules test.yml 2>&1
done
true
`;
