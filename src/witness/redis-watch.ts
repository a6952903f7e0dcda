/** Follows the Redis of one host: what it answers becomes the picture, what is different from before becomes events. */
import type { RedisLinks } from '#checking/redis-links.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { RedisPicture } from '#shared/wire.ts';
import { infoSections, readInfo } from './info.ts';
import type { Tell } from './tell.ts';
import type { Role } from '#shared/timeline.ts';

/** Milliseconds before a Redis that wants an unknown password is asked again: looking for it costs a command. */
const LOCKED_OUT = 15_000;

interface Seen {
  readonly runId: string;
  /** Its process, and how that will end; unknown of a server that an earlier process of ours has seen. */
  readonly life?: { readonly pid: number; readonly goodbye: Promise<boolean | undefined> } | undefined;
  readonly role: Role;
  readonly follows?: string | undefined;
  readonly linkUp?: boolean | undefined;
}

export interface RedisWatch {
  /** Asks once, tells what has changed, and returns what is to be drawn; undefined when nothing answers. */
  look(): Promise<RedisPicture | undefined>;
  /** The Redis is known not to answer: nothing listens, or the host is down. */
  gone(): void;
}

/**
 * `goodbye` waits for the end of a process and tells how it was (undefined: it cannot be known); it is asked as soon as
 * the process is known. `last` is what an earlier process of ours told last, so that it is not told twice.
 */
export function watchRedis(
  links: RedisLinks,
  host: HostName,
  nameOf: (address: string) => string,
  tell: Tell,
  goodbye: (pid: number) => Promise<boolean | undefined>,
  last?: Seen,
): RedisWatch {
  let seen = last;
  let lockedUntil = 0;

  function gone(since = new Date()): void {
    if (!seen) return;
    const { runId, role, life } = seen;
    tell('redis-down', host, `Redis on ${host} (${role}) does not answer any more`, { runId, role }, since);
    if (life) void ended(runId, life);
    seen = undefined;
  }

  async function ended(runId: string, { pid, goodbye: end }: NonNullable<Seen['life']>): Promise<void> {
    const said = await end;
    if (said === undefined) return;
    const text = said ? 'was shut down in order' : 'was killed, or crashed: its log breaks off';
    tell('redis-ended', host, `Redis on ${host} ${text}`, { runId, pid, goodbye: said });
  }

  function compare(now: RedisPicture, pid: number): void {
    const { runId, role, follows, linkUp } = now;
    const before = seen?.runId === runId ? seen : undefined;
    if (!before) {
      gone();
      tell('redis-up', host, `Redis on ${host} answers, as ${roleText(now)}`, {
        runId,
        role,
        keys: now.keys,
        aof: now.aof,
      });
    } else if (before.role !== role || (before.follows !== undefined && before.follows !== follows)) {
      const text = `${host}, until now ${roleText(before)}, is ${roleText(now)}`;
      tell('role-changed', host, text, { runId, from: before.role, to: role, follows: follows ?? null });
    }
    if (linkUp !== undefined && linkUp !== (before?.linkUp ?? true)) {
      const text = `The link from ${host} to its master ${follows} is ${linkUp ? 'up' : 'down'}`;
      tell('link-changed', host, text, { up: linkUp, follows: follows ?? null });
    }
    seen = { runId, life: before?.life ?? { pid, goodbye: goodbye(pid) }, role, follows, linkUp };
  }

  async function look(): Promise<RedisPicture | undefined> {
    if (Date.now() < lockedUntil) return undefined;
    const asked = new Date();
    const answer = await links.ask(host, ['INFO', ...infoSections]);
    if (answer.ok && typeof answer.value === 'string') {
      const picture = readInfo(answer.value, nameOf);
      compare(picture, Number(/^process_id:(\d+)/m.exec(answer.value)?.[1]));
      return picture;
    }
    if (!answer.ok && answer.why === 'password') lockedUntil = Date.now() + LOCKED_OUT;
    // A server that is being stopped leaves questions open for seconds: its silence began with the question.
    else gone(asked);
    return undefined;
  }

  return { look, gone };
}

function roleText({ role, follows }: { readonly role: Role; readonly follows?: string | undefined }): string {
  if (role === 'master') return 'master';
  return follows === undefined ? 'replica' : `replica of ${follows}`;
}
