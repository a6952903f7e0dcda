/** Reads the timeline for moves of the master: what the Sentinels said, beside what was seen of the servers themselves. */
import { isTrioHost } from '#checkers/trio/hosts.ts';
import type { TrioHost } from '#checkers/trio/hosts.ts';
import type { TimelineEvent } from '#shared/wire.ts';
import { eventsOf } from '#shared/timeline.ts';

/** One move of the master from one host to another, as the Sentinels announced it. Times in milliseconds since 1970. */
export type Move = {
  readonly from: TrioHost;
  readonly to: TrioHost;
  readonly announcedAt: number;
  /** Sentinels that announced it. */
  readonly sentinels: readonly string[];
  /** When a quorum of Sentinels had agreed that the old master was down; null when none ever did. */
  readonly agreedDownAt: number | null;
  /** Since when the old master did not answer, seen from outside the lab; null when it answered all the time. */
  readonly silentSince: number | null;
  /** When the new master was first seen in its role, from outside. */
  readonly promotedAt: number | null;
};

/** A look may come this much later than what it sees. */
const LATE = 15_000;

/** All announced moves, oldest first. */
export function movesIn(timeline: readonly TimelineEvent[]): readonly Move[] {
  const moves: Move[] = [];
  for (const { at, host, data } of eventsOf(timeline, 'sentinel-event')) {
    if (data.event !== '+switch-master' || !isHost(data.about) || !isHost(data.to) || host === undefined) continue;
    const known = moves.findIndex((move) => isSame(move, data, at));
    const move = moves[known];
    if (move) moves[known] = { ...move, sentinels: [...new Set([...move.sentinels, host])] };
    else moves.push(follow(timeline, { from: data.about, to: data.to, announcedAt: at.getTime(), sentinels: [host] }));
  }
  return moves;
}

const isHost = (name: string | null): name is TrioHost => name !== null && isTrioHost(name);

/** Every Sentinel announces the move for itself, some seconds apart. */
function isSame(move: Move, data: { readonly about: string | null; readonly to: string | null }, at: Date): boolean {
  return move.from === data.about && move.to === data.to && at.getTime() - move.announcedAt < 2 * LATE;
}

function follow(
  timeline: readonly TimelineEvent[],
  move: Pick<Move, 'from' | 'to' | 'announcedAt' | 'sentinels'>,
): Move {
  const { from, to, announcedAt } = move;
  const agreedDownAt = eventsOf(timeline, 'sentinel-event')
    .filter(({ at, data }) => data.about === from && at.getTime() < announcedAt)
    .reduce<number | null>((since, { at, data }) => {
      if (data.event === '+odown') return since ?? at.getTime();
      return data.event === '-odown' || data.event === '+switch-master' ? null : since;
    }, null);
  return {
    ...move,
    agreedDownAt,
    silentSince: silence(timeline, from, agreedDownAt ?? announcedAt),
    promotedAt: promotion(timeline, to, announcedAt),
  };
}

/** Since when a Redis had not answered at that time. */
function silence(timeline: readonly TimelineEvent[], host: TrioHost, until: number): number | null {
  const last = eventsOf(timeline, 'redis-up', 'redis-down').findLast(
    (event) => event.host === host && event.at.getTime() <= until,
  );
  return last?.kind === 'redis-down' ? last.at.getTime() : null;
}

/** When that host was seen to become master, about the time of the announcement. */
function promotion(timeline: readonly TimelineEvent[], host: TrioHost, announced: number): number | null {
  const turns = eventsOf(timeline, 'role-changed').filter((event) => event.host === host && event.data.to === 'master');
  const near = turns.findLast(({ at }) => at.getTime() <= announced + LATE);
  return near?.at.getTime() ?? null;
}

/** Masters that were made while no Sentinel announced it: by hand. */
export function promotedByHand(timeline: readonly TimelineEvent[]): readonly string[] {
  const announced = movesIn(timeline).map((move) => move.to as string);
  const turns = eventsOf(timeline, 'role-changed').filter(({ data }) => data.to === 'master');
  return [...new Set(turns.flatMap(({ host }) => (host !== undefined && !announced.includes(host) ? [host] : [])))];
}

/** Hosts whose Sentinel was elected to lead a failover. */
export function leadersIn(timeline: readonly TimelineEvent[]): readonly string[] {
  const elected = eventsOf(timeline, 'sentinel-event').filter(({ data }) => data.event === '+elected-leader');
  return [...new Set(elected.flatMap(({ host }) => host ?? []))];
}
