/** Project step 2: Prometheus and the Redis exporter watch the trio, and Grafana shows it. */
import { defineChecker, drill } from '#checking/define.ts';
import { judgeDashboard, judgeSource } from './grafana/criteria.ts';
import { freezeReplica, judgeFrozen, judgeLive, plantKeys } from './monitoring/drills.ts';
import { collectMonitoring, type MonitoringEvidence } from './monitoring/evidence.ts';
import { judgeGone, judgeMetrics, judgePrometheus, judgeSamples, judgeTargets } from './monitoring/judge.ts';

export const watch = defineChecker({
  step: 'monitoring/watch',
  deadline: 60,
  drillDeadline: 300,
  collect: collectMonitoring,
  criteria: [
    {
      id: 'prometheus',
      asks: 'Prometheus runs on monitor, with a valid configuration that it has loaded.',
      judge: judgePrometheus,
    },
    {
      id: 'targets',
      needs: ['prometheus'],
      asks: 'Prometheus scrapes all three Redis servers through an exporter: three different servers, each up.',
      judge: judgeTargets,
    },
    {
      id: 'metrics',
      needs: ['targets'],
      asks: 'Memory, operations per second and replication can be queried for the trio.',
      judge: judgeMetrics,
    },
    {
      id: 'grafana',
      asks: 'Grafana asks Prometheus, and a dashboard shows memory, operations per second and replication.',
      judge: ({ grafana }: MonitoringEvidence) => {
        const source = judgeSource(grafana);
        return source.state === 'met' ? judgeDashboard(grafana) : source;
      },
    },
    {
      id: 'samples',
      needs: ['targets'],
      asks: 'You know how much your Prometheus stores.',
      judge: judgeSamples,
    },
    {
      id: 'gone',
      asks: 'You know which series tells that a server is gone.',
      judge: judgeGone,
    },
    drill({
      id: 'live',
      asks: 'The proof: the checker plants some keys in database 9, and Prometheus shows their number for every server.',
      act: plantKeys,
      judge: judgeLive,
    }),
    drill({
      id: 'notices',
      asks: 'The proof: the checker freezes a replica for some seconds. Prometheus notices, and notices again when it is back.',
      act: freezeReplica,
      judge: judgeFrozen,
    }),
  ],
});
