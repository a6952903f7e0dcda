/** Lesson 'Manual recovery': the master fails, no Sentinel is there, and the learner promotes a replica. */
import { defineChecker } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Probe } from '#checking/probe.ts';
import { data, down, files, follow, promoted } from './failover/criteria.ts';
import { beginFailover, collectFailover } from './failover/evidence.ts';
import type { FailoverBaseline } from './failover/evidence.ts';
import { proof } from './failover/proof.ts';
import { exactly, judgeAnswers, wholeIn, wholeNumber } from './questions.ts';

type Evidence = Awaited<ReturnType<typeof collect>>;

async function collect(probe: Probe, baseline: FailoverBaseline) {
  return { ...(await collectFailover(probe, baseline)), answers: probe.answers };
}

export const promote = defineChecker<FailoverBaseline, Evidence>({
  step: 'manual-recovery/promote',
  begin: beginFailover,
  collect,
  criteria: [
    down,
    promoted,
    follow,
    data,
    files,
    { id: 'questions', asks: 'You have answered both questions.', judge: judgeQuestions },
    proof,
  ],
});

/** A master that was restarted since its promotion has forgotten the switch: then no more can be asked than a number that may be it. */
function isOffsetOfSwitch({ before, servers, master }: Evidence): (answer: string) => boolean {
  const seen = master && servers[master];
  if (!seen) return () => false;
  if (master === before.master || seen.replid2 === before.replid) return wholeNumber(seen.switchedAt);
  return (answer) => wholeIn(answer) > 0 && wholeIn(answer) <= seen.offset + 1;
}

function judgeQuestions(evidence: Evidence): Finding {
  const { answers } = evidence;
  return judgeAnswers(answers, [
    {
      id: 'switch-offset',
      about: 'the offset of the switch',
      isRight: isOffsetOfSwitch(evidence),
      lookAt: 'Ask the new master: redis-cli INFO replication, and look at second_repl_offset.',
    },
    {
      id: 'which-replica',
      about: 'which replica',
      isRight: exactly('redis-3'),
      because: 'The higher offset has more of the old master’s writes: here 2 612 bytes.',
      mistakes: {
        'redis-2': 'a number in a host’s name says nothing, and redis-2 lacks writes that the other has',
        either: 'these two are not the same: their offsets differ, and with them what they have',
      },
      lookAt: 'Read again what an offset counts. Which of the two has received more of the old master’s writes?',
    },
  ]);
}
