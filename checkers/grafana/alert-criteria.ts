/** What is asked of Grafana's alert rules, where the lab has it. */
import { met, unmet, type Finding } from '#checking/define.ts';
import type { GrafanaAlerts, GrafanaRule } from './alerts.ts';
import { families } from './criteria.ts';
import { judgeInstalled } from './installed.ts';

/** Between these shares of the limit "about 80 %" lies, as in the scenarios for Prometheus' own rules. */
const lowest = 0.6;
const highest = 0.9;

/** A rule of Grafana on memory, and its way into the inbox. */
export const judgeMemoryAlert = (seen: GrafanaAlerts): Finding =>
  judgeRules(seen, {
    isMeant: ({ query }) => families.memory.test(query),
    none: unmet(
      'Grafana has no alert rule on memory.',
      'Alerting → Alert rules → New alert rule, on the query of this lesson.',
    ),
    fault: (rule) => thresholdFault(rule, seen.memoryShare),
    good: (rule) => `${rule.title}: over ${percent(shareAt(rule, seen.memoryShare))} of the limit`,
  });

/** A rule of Grafana that tells when Prometheus is gone and can tell nothing itself. */
export const judgeSilenceAlert = (seen: GrafanaAlerts): Finding =>
  judgeRules(seen, {
    isMeant: ({ query }) => /\b(redis_)?up\b/.test(query),
    none: unmet(
      'Grafana has no alert rule that asks for up or redis_up.',
      'Alerting → Alert rules → New alert rule, with max(up{job="redis"}) below 1.',
    ),
    fault: silenceFault,
    good: (rule) => `${rule.title}: fires also when Prometheus says nothing`,
  });

interface Wanted {
  readonly isMeant: (rule: GrafanaRule) => boolean;
  readonly none: Finding;
  readonly fault: (rule: GrafanaRule) => Finding | undefined;
  readonly good: (rule: GrafanaRule) => string;
}

/** One rule without fault is enough; else the first one's fault is told. */
function judgeRules(seen: GrafanaAlerts, { isMeant, none, fault, good }: Wanted): Finding {
  const trouble = judgeInstalled(seen);
  if (trouble) return trouble;
  const faults = seen.rules.filter(isMeant).map((rule) => ({
    rule,
    finding: evaluationFault(rule) ?? fault(rule) ?? contactFault(rule),
  }));
  const right = faults.find(({ finding }) => !finding);
  if (right) return met(`${good(right.rule)}; told to ${right.rule.tells.map(({ name }) => name).join(' and ')}.`);
  return faults[0]?.finding ?? none;
}

function evaluationFault({ title, paused, error, value, query }: GrafanaRule): Finding | undefined {
  if (paused)
    return unmet(
      `${title} is paused: Grafana does not evaluate it.`,
      'Alerting → Alert rules → More → Resume evaluation.',
    );
  if (error)
    return unmet(`${title} cannot be evaluated: ${error}`, 'Run its query in Explore, with the same data source.');
  if (value === null)
    return unmet(
      `${title} asks for ${query}, and no series answers: it never fires.`,
      'Run the query in Explore: are the names right, and does the rule ask the Prometheus data source?',
    );
  return undefined;
}

function thresholdFault(rule: GrafanaRule, share: number | null): Finding | undefined {
  const { title, query, compares, over, onNoData } = rule;
  if (/\/\s*\(?\s*redis_(memory_max_bytes|config_maxmemory)/.test(query) && !/(>|!=)\s*0/.test(query))
    return unmet(
      `${title} fires for ever when a server has no limit: x / 0 is +Inf, which is over any threshold.`,
      'Divide only by limits that are there: (redis_memory_max_bytes > 0).',
    );
  if (over === null)
    return unmet(
      `The condition of ${title} is not that the query is above a number.`,
      'Set the alert condition: WHEN the query IS ABOVE 80.',
    );
  const at = shareAt(rule, share);
  if (at !== null && at < lowest)
    return unmet(`${title} fires already at ${percent(at)} of the limit.`, 'The usual threshold is 80 %.');
  if (at !== null && at > highest)
    return unmet(
      `${title} fires only at ${percent(at)} of the limit.`,
      'Has the query per cent and the threshold a share of one, or the other way round?',
    );
  if (compares && onNoData !== 'OK' && onNoData !== 'KeepLast')
    return unmet(
      `The query of ${title} has no result while all is well, and the rule makes an alert of that (No data: ${onNoData}).`,
      'Leave the comparison to the condition, or set "Alert state if no data" to Normal.',
    );
  return undefined;
}

function silenceFault({ title, compares, onNoData, onError, state }: GrafanaRule): Finding | undefined {
  if (compares)
    return unmet(
      `The query of ${title} has no result while all is well, and none when Prometheus is silent: the rule cannot tell them apart.`,
      'Leave the comparison to the condition: max(up{job="redis"}) IS BELOW 1.',
    );
  const quiet = (reaction: string) => reaction === 'OK' || reaction === 'KeepLast';
  if (quiet(onError))
    return unmet(
      `When Prometheus does not answer, the query of ${title} fails, and the rule goes on as if all were well (Error: ${onError}).`,
      'Set "Alert state if execution error or timeout" to Alerting.',
    );
  if (quiet(onNoData))
    return unmet(
      `When Prometheus scrapes nothing any more, the query of ${title} has no result, and the rule goes on as if all were well (No data: ${onNoData}).`,
      'Set "Alert state if no data or all values are null" to Alerting.',
    );
  if (state !== null && state !== 'inactive')
    return unmet(
      `${title} is ${state} although Prometheus answers.`,
      'Look at its value: up is 1 while all is well, so the condition is that it is below 1.',
    );
  return undefined;
}

function contactFault({ title, tells }: GrafanaRule): Finding | undefined {
  const create = 'Alerting → Contact points: a webhook with http://inbox/chat; then choose it in the rule.';
  if (tells.length === 0) return unmet(`${title} has no contact point: it tells nobody.`, create);
  const arriving = tells.filter(({ toInbox }) => toInbox);
  if (arriving.length === 0)
    return unmet(
      `${title} tells ${tells.map(({ name, address }) => `${name} (${address || 'no address'})`).join(' and ')}, and that does not lead to the inbox.`,
      tells.some(({ address }) => address === '[REDACTED]')
        ? 'Grafana keeps this address secret. Press Test at the contact point: what arrives in the inbox counts.'
        : create,
    );
  if (!arriving.some(({ tellsEnd }) => tellsEnd))
    return unmet(
      `${arriving.map(({ name }) => name).join(' and ')} says nothing when the alert is over.`,
      'Take "Disable resolved message" out of the contact point.',
    );
  return undefined;
}

/** At which share of its limit a server's memory sets the rule off: what it measures now is known in both ways. */
function shareAt({ over, value }: GrafanaRule, share: number | null): number | null {
  return over === null || !value || share === null ? null : (over / value) * share;
}

const percent = (share: number | null): string => (share === null ? 'its threshold' : `${Math.round(share * 100)} %`);
