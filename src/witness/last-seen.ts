/** What an earlier process told last about the Redis of a host, so that a restart of the server tells nothing twice. */
import type { TimelineEvent } from '#shared/wire.ts';
import { eventsOf } from '#shared/timeline.ts';
import type { Role } from '#shared/timeline.ts';

export function lastSeen(
  timeline: readonly TimelineEvent[],
  host: string,
): { readonly runId: string; readonly role: Role } | undefined {
  const last = eventsOf(timeline, 'redis-up', 'redis-down', 'role-changed').findLast((event) => event.host === host);
  if (!last || last.kind === 'redis-down') return undefined;
  return { runId: last.data.runId, role: last.kind === 'role-changed' ? last.data.to : last.data.role };
}
