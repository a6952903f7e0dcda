/** Project step 5, 'Manual failover and recovery': by hand, although Sentinels are there to do it. */
import { defineChecker, met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Planting, Probe } from '#checking/probe.ts';
import { data, down, files, follow, promoted } from './failover/criteria.ts';
import { beginFailover, collectFailover } from './failover/evidence.ts';
import type { FailoverBaseline } from './failover/evidence.ts';
import { proof } from './failover/proof.ts';
import { notOnDuty, seeInterference, settledWatchers } from './failover/sentinels.ts';
import { exactly, judgeAnswers, wholeNumber } from './questions.ts';
import { highestEpoch, seeWatchers } from './sentinel/watchers.ts';

type Baseline = FailoverBaseline & { readonly epoch: number };
type Evidence = Awaited<ReturnType<typeof collect>>;

async function begin(planting: Planting): Promise<Baseline> {
  return { ...(await beginFailover(planting)), epoch: highestEpoch(await seeWatchers(planting)) };
}

async function collect(probe: Probe, baseline: Baseline) {
  const [failover, watchers] = await Promise.all([collectFailover(probe, baseline), settledWatchers(probe)]);
  return {
    ...failover,
    watchers,
    epochBefore: baseline.epoch,
    interference: await seeInterference(probe),
    answers: probe.answers,
  };
}

export const failover = defineChecker<Baseline, Evidence>({
  step: 'manual-failover/failover',
  begin,
  collect,
  criteria: [
    {
      id: 'by-hand',
      asks: 'You took the old master down before another took writes, and Sentinel made no failover of its own meanwhile.',
      judge: judgeByHand,
    },
    { ...promoted, needs: ['by-hand'] },
    follow,
    data,
    files,
    {
      id: 'sentinels',
      asks: 'The Sentinels are on duty again: all three watch the new master, with a quorum of 2.',
      needs: ['follow'],
      judge: ({ watchers, master }) => {
        if (!master) return unmet('There is no single master.', 'Promote exactly one replica.');
        const wrong = notOnDuty(watchers, master);
        if (wrong.length === 0) return met(`All three watch ${master}.`);
        return unmet(
          `${wrong.join('; ')}.`,
          `Stop the Sentinel, write "sentinel monitor mymaster ${master} 6379 2" into its sentinel.conf and start it; ` +
            'or in the running one: SENTINEL REMOVE mymaster, SENTINEL MONITOR and SENTINEL SET.',
        );
      },
    },
    {
      id: 'questions',
      asks: 'You have answered both questions.',
      judge: judgeQuestions,
    },
    proof,
  ],
});

function judgeByHand(evidence: Evidence): Finding {
  const { interference, watchers, epochBefore } = evidence;
  const signs = [...interference, ...(highestEpoch(watchers) > epochBefore ? ['the config-epoch has risen'] : [])];
  const [sign] = signs;
  if (!sign) return down.judge(evidence);
  return unmet(
    `Sentinel stepped in: ${sign}.`,
    'Before you work by hand, stop the Sentinels (or SENTINEL REMOVE mymaster on each), and tell them the new master ' +
      'before they watch again. Reset the lab to the lesson’s start to try again.',
  );
}

function judgeQuestions({ answers, servers, master }: Evidence): Finding {
  return judgeAnswers(answers, [
    {
      id: 'full-syncs',
      about: 'the full copies',
      isRight: wholeNumber((master && servers[master]?.fullSyncs) ?? NaN),
      lookAt: 'Ask the new master: redis-cli INFO stats, and look at sync_full.',
    },
    {
      id: 'old-file',
      about: 'the Sentinels with old files',
      isRight: exactly('fails-over'),
      because: 'Sentinels believe their files.',
      mistakes: {
        learns:
          'only a colleague with a higher config-epoch makes them change their minds, and what you do by hand raises none',
        stops: 'they cannot tell that their files are old: to them, this is how things are',
      },
      lookAt:
        'Read again what a Sentinel knows when it starts, and what two of them do about a master that neither can reach.',
    },
  ]);
}
