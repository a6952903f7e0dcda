/** Reads what Sentinels publish: the channel is the event, the message names one instance and its master. */
import type { EventData } from '#shared/timeline.ts';

type SentinelEvent = EventData['sentinel-event'];

/**
 * Two shapes are known. `+switch-master`: "mymaster 10.0.0.1 6379 10.0.0.2 6379". Most others: "slave 10.0.0.2:6379
 * 10.0.0.2 6379 @ mymaster 10.0.0.1 6379", where a master has no part behind the @. The rest is kept as it came.
 */
export function readSentinelEvent(event: string, message: string, nameOf: (address: string) => string): SentinelEvent {
  const moved = /^(\S+) (\S+) \d+ (\S+) \d+$/.exec(message);
  if (event === '+switch-master' && moved) {
    const [, master = '', from = '', to = ''] = moved;
    return { event, master, about: nameOf(from), to: nameOf(to), detail: message };
  }
  const [, kind, name, address, master] = /^(master|slave|sentinel) (\S+) (\S+) \d+(?: @ (\S+))?/.exec(message) ?? [];
  if (kind === undefined || name === undefined || address === undefined) {
    return { event, master: null, about: null, to: null, detail: message };
  }
  return { event, master: master ?? name, about: nameOf(address), to: null, detail: message };
}

/** One sentence for people. */
export function sayEvent(sentinel: string, { event, about, to, master, detail }: SentinelEvent): string {
  const says = `The Sentinel on ${sentinel}`;
  switch (event) {
    case '+sdown':
      return `${says} gets no answer from ${about} any more`;
    case '-sdown':
      return `${says} gets answers from ${about} again`;
    case '+odown':
      return `${says} and its quorum agree: the master ${about} is down`;
    case '-odown':
      return `${says} takes it back: the master ${about} is not down`;
    case '+try-failover':
      return `${says} asks the others to let it replace ${about}`;
    case '+elected-leader':
      return `${says} was elected to lead the failover of ${about}`;
    case '+selected-slave':
      return `${says} chose ${about} to be the new master`;
    case '+switch-master':
      return `${says} now names ${to} as master of ${master}, no longer ${about}`;
    case '+convert-to-slave':
      return `${says} makes ${about} a replica again`;
    case '-failover-abort-not-elected':
      return `${says} was not elected: too few Sentinels answered`;
    default:
      return `${says}: ${event} ${detail}`;
  }
}
