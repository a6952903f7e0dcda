/** Project step 3: rules for memory, load and replication, and two channels in which they really arrive. */
import { defineChecker, drill, met, unmet, type Finding } from '#checking/define.ts';
import { judgeDrill } from './alerting/drill.ts';
import { collectAlerting, type AlertingEvidence } from './alerting/evidence.ts';
import { holdReplicaBack } from './alerting/lag-drill.ts';
import { judgeLimits } from './alerting/limits.ts';
import { fillMemory, judgeMemoryDrill } from './alerting/memory-drill.ts';
import { judgeDelay } from './alerting/quiz.ts';
import {
  alertsFor,
  firingIn,
  judgeMemoryRule,
  judgeQuiet,
  memoryAlerts,
  neverFires,
  unheard,
} from './alerting/rules.ts';
import { judgeChannels, judgeWired } from './alerting/wiring.ts';
import { judgeSilenceAlert } from './grafana/alert-criteria.ts';
import type { Fault } from './prometheus/scenarios.ts';
import { exactly, judgeAnswers } from './questions.ts';
import { trio } from './trio/hosts.ts';
import type { Probe } from '#checking/probe.ts';

const collect = (probe: Probe): Promise<AlertingEvidence> =>
  collectAlerting(probe, trio, ['well', 'memory-high', 'no-limit', 'busy', 'lagging', 'frozen', 'link-down']);

type Critical = {
  readonly faults: readonly Fault[];
  /** "fires at a million operations per second" */
  readonly when: string;
  readonly usual: string;
};

const load: Critical = {
  faults: ['busy'],
  when: 'at a million operations per second',
  usual: 'The exporter counts commands: rate(redis_commands_processed_total[1m]) is the operations per second.',
};
const replication: Critical = {
  faults: ['lagging', 'link-down'],
  when: 'when a replica lags by minutes or its link is down',
  usual: 'redis_connected_slave_lag_seconds is a series of the master, redis_master_link_up one of each replica.',
};

/** A rule for this fault at every server, or the name in it that no series has. */
function judgeRuleFor(evidence: AlertingEvidence, { faults, when, usual }: Critical): Finding {
  const alerts = alertsFor(evidence, ...faults);
  const deaf = unheard(evidence, alerts, ...faults);
  if (alerts.length > 0 && deaf.length === 0)
    return met(`${alerts.join(', ')}: silent while all is well, fires ${when}.`);
  if (alerts.length > 0)
    return unmet(
      `${alerts.join(', ')}: silent when it happens to ${deaf.join(' or to ')} alone.`,
      `One of the others is enough for trouble: let the rule speak for each server. ${usual}`,
    );
  const unknown = evidence.unknown[0];
  const always = firingIn(evidence.tests, 'well');
  const anyhow = always.length > 0 ? `; ${always.join(', ')}: firing also while all is well` : '';
  return unmet(unknown ? neverFires(unknown) : `No alert fires ${when}${anyhow}.`, usual);
}

const loadAlerts = (evidence: AlertingEvidence) => alertsFor(evidence, ...load.faults);
const replicationAlerts = (evidence: AlertingEvidence) => alertsFor(evidence, ...replication.faults);

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
      asks: 'An alert fires when the memory of any server is over about 80 % of its limit, and only then.',
      judge: judgeMemoryRule,
    },
    {
      id: 'load',
      needs: ['memory'],
      asks: 'An alert fires when any server has far too many operations per second.',
      judge: (evidence) => judgeRuleFor(evidence, load),
    },
    {
      id: 'replication',
      needs: ['memory'],
      asks: 'An alert fires when any replica lags behind or has lost its master.',
      judge: (evidence) => judgeRuleFor(evidence, replication),
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
        judgeAnswers(answers, [
          {
            id: 'night',
            about: 'the three alerts',
            isRight: exactly('one'),
            because: 'Alerts of one group make one message.',
            mistakes: {
              three: 'that would be so if group_by named instance as well: it tells the three servers apart',
              none: 'a group waits for others to join (group_wait), not for an end',
            },
            lookAt: 'group_by puts alerts with the same values of these labels into one message.',
          },
        ]),
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
