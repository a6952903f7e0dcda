/** Follows the Sentinel of one host: everything it publishes becomes events, what it believes goes into the picture. */
import type { Redis } from 'ioredis';
import { configuredLogins } from '#checking/logins.ts';
import { redisLink } from '#checking/redis-link.ts';
import type { RedisLinks } from '#checking/redis-links.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { HostPicture } from '#shared/wire.ts';
import { readSentinelEvent, sayEvent } from './sentinel-words.ts';
import type { Tell } from './tell.ts';

export const SENTINEL_PORT = 26379;
/** Milliseconds that an answer is believed while nothing is published: whatever a Sentinel changes, it publishes. */
const FRESH = 5_000;

export type SentinelPicture = NonNullable<HostPicture['sentinel']>;

export interface SentinelWatch {
  /** Subscribes when it does not hear the Sentinel yet, and asks what it believes; undefined when nothing answers. */
  look(): Promise<SentinelPicture | undefined>;
  close(): void;
}

/** `onEvent` is called after each published event: the rest of the lab has probably changed, too. */
export function watchSentinel(
  lab: Lab,
  links: RedisLinks,
  host: HostName,
  nameOf: (address: string) => string,
  tell: Tell,
  onEvent: () => void,
): SentinelWatch {
  let ear: Redis | undefined;
  let known: SentinelPicture | undefined;
  let staleAt = 0;

  function hear(event: string, message: string): void {
    if (!/^[+-]/.test(event)) return;
    staleAt = 0;
    const data = readSentinelEvent(event, message, nameOf);
    tell('sentinel-event', host, sayEvent(host, data), data);
    onEvent();
  }

  async function listen(): Promise<void> {
    const client = redisLink(lab, host, SENTINEL_PORT);
    ear = client;
    client.on('pmessage', (_pattern: string, event: string, message: string) => hear(event, message));
    client.once('close', () => {
      if (ear === client) ear = undefined;
    });
    try {
      await client.connect();
      await subscribe(client, async () => configuredLogins(lab, host, SENTINEL_PORT));
    } catch {
      // Stopped just now, or locked: the next look tries again.
      client.disconnect();
      if (ear === client) ear = undefined;
    }
  }

  return {
    async look() {
      if (ear && Date.now() < staleAt) return known;
      if (!ear) await listen();
      const answer = await links.ask(host, ['SENTINEL', 'MASTERS'], SENTINEL_PORT);
      known = answer.ok ? believes(answer.value, nameOf) : undefined;
      staleAt = Date.now() + FRESH;
      return known;
    },
    close() {
      ear?.disconnect();
    },
  };
}

async function subscribe(client: Redis, logins: () => ReturnType<typeof configuredLogins>): Promise<void> {
  try {
    await client.psubscribe('*');
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOAUTH')) throw error;
    const [login] = await logins();
    if (!login) throw error;
    await client.call('AUTH', ...(login.user === undefined ? [] : [login.user]), login.password);
    await client.psubscribe('*');
  }
}

/** SENTINEL MASTERS answers one flat list of names and values for each master; the first is drawn. */
function believes(value: unknown, nameOf: (address: string) => string): SentinelPicture {
  const [first] = Array.isArray(value) ? (value as unknown[]) : [];
  if (!Array.isArray(first)) return { others: 0 };
  const field = (name: string): string | undefined => {
    const at = first.indexOf(name);
    return at < 0 ? undefined : String(first[at + 1]);
  };
  const master = field('ip');
  return {
    ...(master !== undefined && { master: nameOf(master) }),
    quorum: Number(field('quorum') ?? 0),
    others: Number(field('num-other-sentinels') ?? 0),
  };
}
