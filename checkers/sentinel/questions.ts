/** Quiz questions about Sentinel; some answers are in the learner's own lab. */
import { exactly, judgeAnswers, wholeIn } from '#checkers/questions.ts';
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
    const number = wholeIn(given ?? '');
    if (!given) return unmet('Not answered yet.', 'Read “Quorum and majority” above.');
    if (number === 4)
      return met('Yes, 4: the quorum only calls the master down; the leader needs a majority of all seven.');
    if (number === 2)
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

export const epochQuestion: Question = {
  id: 'epoch',
  asks: 'Which config-epoch do your Sentinels have since the failover that you caused?',
};

export const logAndEpoch: LookCriterion<SentinelEvidence> = {
  id: 'questions',
  needs: ['happened'],
  asks: 'You have answered both questions.',
  judge: ({ answers, before, epoch }) =>
    judgeAnswers(answers, [
      {
        id: orderQuestion.id,
        about: 'the last line of the log',
        isRight: exactly('+switch-master'),
        mistakes: {
          '+sdown': '+sdown is the first: one Sentinel alone has no answer any more',
          '+odown': 'with +odown they agree that the master is down, and nothing has been done about it',
          '+elected-leader': 'with +elected-leader it is settled who acts, and the acting begins',
          '+selected-slave': 'with +selected-slave a replica is chosen, and not yet promoted',
        },
        lookAt:
          'One Sentinel is worried, the quorum agrees, a leader is elected, a replica is chosen and promoted, then the new ' +
          'master is announced. Your own logs show it: /var/log/redis/redis-sentinel.log.',
      },
      {
        id: epochQuestion.id,
        about: 'the config-epoch',
        // A failover after the one that was looked at, such as the checker's own, has raised it since.
        isRight: (answer) => wholeIn(answer) > before.epoch && wholeIn(answer) <= epoch,
        lookAt: 'Ask any of them: redis-cli -p 26379 SENTINEL MASTER <master name>, the field config-epoch.',
      },
    ]),
};
