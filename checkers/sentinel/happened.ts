/** Was there a real failure, noticed by the Sentinels and seen from outside, that ended with a promotion? */
import { met, unmet } from '#checking/define.ts';
import type { Finding, LookCriterion } from '#checking/define.ts';
import type { SentinelEvidence } from './evidence.ts';
import type { Move } from './moves.ts';

const stopTheMaster =
  'Bring the master down and wait: sudo systemctl stop redis on its host, or sudo kill -9 $(pgrep -x redis-server).';

export const happened: LookCriterion<SentinelEvidence> = {
  id: 'happened',
  needs: ['agree'],
  asks:
    'You have brought the master down, and the Sentinels promoted a replica: they agreed on a failure that was also ' +
    'seen from outside, and no data was lost on the way.',
  judge: (evidence) => {
    const { before, epoch, moves, kept } = evidence;
    const genuine = genuineMove(moves);
    if (!genuine) return moves.map(complaintOf).at(-1) ?? neverMoved(evidence);
    if (epoch <= before.epoch) {
      return unmet(
        `A move to ${genuine.to} was announced, but the configuration epoch is still ${epoch}: no vote was won.`,
        stopTheMaster,
      );
    }
    if (!kept) {
      return unmet(
        'The key that was stored before you began is not on the new master.',
        'A server that was wiped, or that never replicated, has become master. Reset the lab to try again.',
      );
    }
    return met(tellMove(genuine, before.epoch, epoch));
  },
};

/** The last move that was an automatic failover after a real failure. */
export const genuineMove = (moves: readonly Move[]): Move | undefined =>
  moves.findLast((move) => complaintOf(move) === undefined);

/** What keeps an announced move from being an automatic failover; undefined when nothing does. */
function complaintOf({ from, to, agreedDownAt, silentSince, promotedAt }: Move): Finding | undefined {
  if (agreedDownAt === null) {
    return unmet(
      `The master moved from ${from} to ${to}, but no Sentinel had called ${from} down (+odown): a failover on request ` +
        '(SENTINEL FAILOVER) is not a failure.',
      stopTheMaster,
    );
  }
  if (silentSince === null) {
    return unmet(`The Sentinels called ${from} down, but seen from outside it answered all the time.`, stopTheMaster);
  }
  if (promotedAt === null || promotedAt < silentSince) {
    return unmet(
      `${to} was a master before ${from} went down: it was not the Sentinels that made it one.`,
      stopTheMaster,
    );
  }
  return promotedAt < agreedDownAt
    ? unmet(`${to} was promoted before the Sentinels had agreed that ${from} is down: by hand.`, stopTheMaster)
    : undefined;
}

function neverMoved({ byHand, epoch, before }: SentinelEvidence): Finding {
  if (byHand.length > 0) {
    return unmet(
      `${byHand.join(' and ')} became master by hand: no Sentinel has announced a failover since you began.`,
      `The Sentinels must be on duty before the failure. ${stopTheMaster}`,
    );
  }
  const claim = epoch > before.epoch ? `, although the configuration epoch says ${epoch}` : '';
  return unmet(`No Sentinel has announced a failover since you began${claim}.`, stopTheMaster);
}

function tellMove(
  { from, to, silentSince, agreedDownAt, announcedAt, sentinels }: Move,
  before: number,
  epoch: number,
) {
  const after = (time: number | null) => (((time ?? 0) - (silentSince ?? 0)) / 1000).toFixed(1);
  return (
    `${from} went silent; ${after(agreedDownAt)} s later the Sentinels agreed that it is down, and after ` +
    `${after(announcedAt)} s ${sentinels.length} of them named ${to} (epoch ${before} → ${epoch}).`
  );
}
