/** For how long two servers took writes at once, as the witness saw it: what the old one took meanwhile is lost. */
import type { TrioHost } from '#checkers/trio/hosts.ts';
import { eventsOf } from '#shared/timeline.ts';
import type { TimelineEvent } from '#shared/wire.ts';

/** Milliseconds from the promotion of `next` until `old` was down or a replica; 0 when it was so before. */
export function togetherFor(timeline: readonly TimelineEvent[], old: TrioHost, next: TrioHost, now: number): number {
  const turns = eventsOf(timeline, 'redis-up', 'redis-down', 'role-changed');
  const promoted = turns.findLast((turn) => turn.host === next && becomesMaster(turn));
  if (!promoted) return 0;
  const ofOld = turns.filter((turn) => turn.host === old);
  const before = ofOld.findLast(({ at }) => at <= promoted.at);
  if (before && !isMaster(before)) return 0;
  const end = ofOld.find((turn) => turn.at > promoted.at && !isMaster(turn));
  return (end?.at.getTime() ?? now) - promoted.at.getTime();
}

type Turn = ReturnType<typeof eventsOf<'redis-up' | 'redis-down' | 'role-changed'>>[number];

/** A server that begins as a master has been made one by its file. */
const becomesMaster = (turn: Turn): boolean => turn.kind !== 'redis-down' && isMaster(turn);

function isMaster(turn: Turn): boolean {
  if (turn.kind === 'redis-down') return false;
  return (turn.kind === 'redis-up' ? turn.data.role : turn.data.to) === 'master';
}
