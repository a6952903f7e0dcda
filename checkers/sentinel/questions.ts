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
  asks: 'Seven Sentinels watch a master with a quorum of 2. How many of them must be alive and vote before a replica is promoted?',
  unit: 'Sentinels',
};

export const majority: LookCriterion<SentinelEvidence> = {
  id: majorityQuestion.id,
  asks: majorityQuestion.asks,
  judge: ({ answers }) => {
    const given = answers[majorityQuestion.id]?.trim();
    if (!given) return unmet('Not answered yet.', 'Read “Quorum and majority” above.');
    if (given === '4')
      return met('Yes, 4: the quorum only calls the master down; the leader needs a majority of all seven.');
    if (given === '2')
      return unmet(
        '2 is the quorum: so many call the master down, and that alone promotes nobody.',
        'To act, the leader needs the votes of a majority of all known Sentinels.',
      );
    return unmet(
      `${given} is not it.`,
      'The quorum (2) decides that the master is down. To act, the leader needs the votes of a majority of all known Sentinels.',
    );
  },
};

export const orderQuestion: Question = {
  id: 'order',
  asks: 'Which of these lines comes last in the log of the Sentinel that leads a failover?',
  choices: ['+sdown', '+odown', '+elected-leader', '+selected-slave', '+switch-master'].map((event) => ({
    value: event,
    text: event,
  })),
};

export const order: LookCriterion<SentinelEvidence> = {
  id: orderQuestion.id,
  asks: orderQuestion.asks,
  judge: ({ answers }) => {
    const given = answers[orderQuestion.id];
    if (!given) return unmet('Not answered yet.', 'Your own logs show the order: /var/log/redis/redis-sentinel.log.');
    if (given === '+switch-master') return met('Yes: the new master is announced when it has taken its role.');
    return unmet(
      `${given} is followed by others.`,
      'One Sentinel is worried, the quorum agrees, a leader is elected, a replica is chosen and promoted, then announced.',
    );
  },
};
