/** Quiz questions about Sentinel; some answers are in the learner's own lab. */
import { trio } from '#checkers/trio/hosts.ts';
import { met, unmet } from '#checking/define.ts';
import type { LookCriterion } from '#checking/define.ts';
import type { Question } from '#checking/lesson.ts';
import type { SentinelEvidence } from './evidence.ts';

export const leaderQuestion: Question = {
  id: 'leader',
  asks: 'Which host’s Sentinel led the failover that you caused?',
  choices: trio.map((host) => ({ value: host, text: host })),
};

export const leader: LookCriterion<SentinelEvidence> = {
  id: leaderQuestion.id,
  needs: ['happened'],
  asks: leaderQuestion.asks,
  judge: ({ answers, leaders }) => {
    const given = answers[leaderQuestion.id];
    if (!given) return unmet('Not answered yet.', 'The leader, and only the leader, logs +elected-leader.');
    if (leaders.includes(given)) return met(`Yes: the Sentinel on ${given} was elected.`);
    return unmet(
      `The Sentinel on ${given} led no failover since you began.`,
      'On each host: sudo grep elected-leader /var/log/redis/redis-sentinel.log',
    );
  },
};

export const majorityQuestion: Question = {
  id: 'majority',
  asks: 'Five Sentinels watch a master with a quorum of 2. How many of them must be alive and vote before a replica is promoted?',
  unit: 'Sentinels',
};

export const majority: LookCriterion<SentinelEvidence> = {
  id: majorityQuestion.id,
  asks: majorityQuestion.asks,
  judge: ({ answers }) => {
    const given = answers[majorityQuestion.id]?.trim();
    if (!given) return unmet('Not answered yet.', 'Read “Quorum and majority” above.');
    if (given === '3')
      return met('Yes, 3: the quorum only calls the master down; the leader needs a majority of all five.');
    return unmet(
      `${given} is not it.`,
      'The quorum (2) decides that the master is down. To act, the leader needs the votes of a majority of all known Sentinels.',
    );
  },
};
