/** Project step 3: rules for memory, load and replication, and two channels in which they really arrive. */
import { defineChecker, drill, met, unmet, type Finding } from '#checking/define.ts';
import { judgeDrill } from './alerting/drill.ts';
import { collectAlerting, type AlertingEvidence } from './alerting/evidence.ts';
import { holdReplicaBack } from './alerting/lag-drill.ts';
import { judgeLimits } from './alerting/limits.ts';
import { fillMemory, judgeMemoryDrill } from './alerting/memory-drill.ts';
import { judgeChoice, judgeDelay } from './alerting/quiz.ts';
import { alertsFor, judgeMemoryRule, judgeQuiet, memoryAlerts } from './alerting/rules.ts';
import { judgeChannels, judgeWired } from './alerting/wiring.ts';
import { judgeSilenceAlert } from './grafana/alert-criteria.ts';
import { trio } from './trio/hosts.ts';
import type { Probe } from '#checking/probe.ts';

const collect = (probe: Probe): Promise<AlertingEvidence> =>
  collectAlerting(probe, trio, ['well', 'memory-high', 'no-limit', 'busy', 'lagging', 'link-down']);

/** A rule for this fault, or the name in it that no series has. */
function judgeRuleFor(evidence: AlertingEvidence, alerts: readonly string[], fault: string, usual: string): Finding {
  if (alerts.length > 0) return met(`${alerts.join(', ')}: silent while all is well, fires ${fault}.`);
  const unknown = evidence.unknown[0];
  return unmet(
    unknown
      ? `${unknown.rule} asks for ${unknown.metric}, which no series is called: it never fires.`
      : `No alert fires ${fault}.`,
    usual,
  );
}

const loadAlerts = (evidence: AlertingEvidence) => alertsFor(evidence, 'busy');
const replicationAlerts = (evidence: AlertingEvidence) => alertsFor(evidence, 'lagging', 'link-down');

export const rules = defineChecker({
  step: 'critical-alerts/rules',
  deadline: 60,
  collect,
  criteria: [
    {
      id: 'limit',
      asks: 'All three servers have a memory limit, also in redis.conf, and Prometheus sees it.',
      judge: ({ limits }: AlertingEvidence) => judgeLimits(limits),
    },
    {
      id: 'memory',
      asks: 'An alert fires when memory use is over about 80 % of the limit, and only then.',
      judge: judgeMemoryRule,
    },
    {
      id: 'load',
      needs: ['memory'],
      asks: 'An alert fires when a server has far too many operations per second.',
      judge: (evidence) =>
        judgeRuleFor(
          evidence,
          loadAlerts(evidence),
          'at a million operations per second',
          'The exporter counts commands: rate(redis_commands_processed_total[1m]) is the operations per second.',
        ),
    },
    {
      id: 'replication',
      needs: ['memory'],
      asks: 'An alert fires when a replica lags behind or has lost its master.',
      judge: (evidence) =>
        judgeRuleFor(
          evidence,
          replicationAlerts(evidence),
          'when a replica lags by minutes or its link is down',
          'redis_connected_slave_lag_seconds is a series of the master, redis_master_link_up one of each replica.',
        ),
    },
    {
      id: 'quiet',
      needs: ['memory'],
      asks: 'While all is well no alert is firing.',
      judge: judgeQuiet,
    },
  ],
});

export const notify = defineChecker({
  step: 'critical-alerts/notify',
  deadline: 60,
  drillDeadline: 400,
  collect,
  criteria: [
    {
      id: 'rules',
      asks: 'The rules of the step before are still loaded, and quiet.',
      judge: (evidence: AlertingEvidence) => {
        const missing = [memoryAlerts, loadAlerts, replicationAlerts].some((alerts) => alerts(evidence).length === 0);
        return missing
          ? unmet('A rule for memory, load or replication is gone.', 'Check the step before again: it says which.')
          : judgeQuiet(evidence);
      },
    },
    {
      id: 'wired',
      asks: 'Prometheus sends alerts to Alertmanager, and Alertmanager sends them to the inbox, also when they are over.',
      judge: judgeWired,
    },
    {
      id: 'channels',
      needs: ['wired'],
      asks: 'There are two channels: e-mail and a chat.',
      judge: judgeChannels,
    },
    {
      id: 'grafana',
      asks: 'Grafana watches Prometheus: an alert rule of its own tells the inbox also when Prometheus says nothing any more.',
      judge: ({ grafana }: AlertingEvidence) => judgeSilenceAlert(grafana),
    },
    {
      id: 'delay',
      needs: ['rules', 'wired'],
      asks: 'You know how long your own settings let a full memory stay unknown.',
      judge: judgeDelay,
    },
    {
      id: 'night',
      asks: 'You know how many messages one bad night makes.',
      judge: ({ answers }) =>
        judgeChoice(
          answers['night'],
          'one',
          'Alerts of one group make one message.',
          'group_by puts alerts with the same values of these labels into one message.',
        ),
    },
    drill({
      id: 'memory-drill',
      asks: 'The proof: the checker fills the memory of the master to 88 %. The alert arrives by e-mail and in the chat, and "resolved" follows in both.',
      act: async (drilling, evidence: AlertingEvidence) =>
        fillMemory(drilling, evidence, { host: await masterOf(drilling), channels: 'both' }),
      judge: (seen, evidence) => judgeMemoryDrill(seen, evidence, 'both'),
    }),
    drill({
      id: 'lag-drill',
      asks: 'The proof: the checker holds a replica back. You are told, and told again when it has caught up.',
      act: holdReplicaBack,
      judge: (seen, evidence) => judgeDrill(seen, replicationAlerts(evidence), 'any'),
    }),
  ],
});

async function masterOf(probe: Probe) {
  const infos = await Promise.all(trio.map((host) => probe.info(host)));
  return trio.find((_, n) => infos[n]?.['role'] === 'master') ?? 'redis-1';
}
