/** Lesson 'Setting up alerts': a rule on memory, Alertmanager, and a notification that really arrives. */
import { defineChecker, drill } from '#checking/define.ts';
import { collectAlerting, type AlertingEvidence } from './alerting/evidence.ts';
import { judgeLimits } from './alerting/limits.ts';
import { fillMemory, judgeMemoryDrill } from './alerting/memory-drill.ts';
import { judgeDelay } from './alerting/quiz.ts';
import { judgeMemoryRule, judgeQuiet } from './alerting/rules.ts';
import { judgeWired } from './alerting/wiring.ts';
import { judgeMemoryAlert } from './grafana/alert-criteria.ts';
import { exactly, judgeAnswers } from './questions.ts';

export const notify = defineChecker({
  step: 'alerts/notify',
  deadline: 60,
  drillDeadline: 240,
  collect: (probe) => collectAlerting(probe, ['redis-1'], ['well', 'memory-high', 'no-limit']),
  criteria: [
    {
      id: 'limit',
      asks: 'redis-1 has a memory limit (maxmemory), also in redis.conf, and Prometheus sees that limit.',
      judge: ({ limits }: AlertingEvidence) => judgeLimits(limits),
    },
    {
      id: 'rule',
      asks: 'A loaded alert rule fires when memory use is over about 80 % of the limit, and only then.',
      judge: judgeMemoryRule,
    },
    {
      id: 'quiet',
      needs: ['rule'],
      asks: 'While Redis is healthy no alert is firing.',
      judge: judgeQuiet,
    },
    {
      id: 'wired',
      asks: 'Prometheus sends alerts to Alertmanager, and Alertmanager sends them to the inbox, also when they are over.',
      judge: judgeWired,
    },
    {
      id: 'grafana',
      asks: 'Grafana has the same alert as a rule of its own, and a contact point that leads to the inbox.',
      judge: ({ grafana }: AlertingEvidence) => judgeMemoryAlert(grafana),
    },
    {
      id: 'delay',
      needs: ['limit', 'rule', 'wired'],
      asks: 'You know how long your own settings let a full memory stay unknown.',
      judge: judgeDelay,
    },
    {
      id: 'zero',
      asks: 'You know what a division by zero does to a rule.',
      judge: ({ answers }) =>
        judgeAnswers(answers, [
          {
            id: 'zero',
            about: 'used / 0',
            isRight: exactly('inf'),
            because: 'x / 0 is +Inf, more than any threshold.',
            mistakes: {
              never: 'Prometheus does divide by zero, and compares what comes out',
              error: 'Prometheus sees no error in it: the rule stays healthy, and the division has a result',
            },
            lookAt: 'Ask the page of Prometheus: vector(1) / 0.',
          },
        ]),
    },
    drill({
      id: 'drill',
      asks: 'The proof: the checker fills the memory of redis-1 to 88 %. A notification arrives in the inbox, and "resolved" when the memory is free again.',
      act: (drilling, evidence: AlertingEvidence) =>
        fillMemory(drilling, evidence, { host: 'redis-1', channels: 'any' }),
      judge: (seen, evidence) => judgeMemoryDrill(seen, evidence, 'any'),
    }),
  ],
});
