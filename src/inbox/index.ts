/**
 * The inbox of a lab: where alerts really arrive. Mail on port 25 and webhooks on port 80 of the lab's `outside` host,
 * which every host of the lab knows as `inbox`. The learner has no shell there.
 */
import type { Lab } from '#sandbox/driver.ts';
import { perMinute } from '#shared/per-minute.ts';
import type { InboxMessage } from '#shared/wire.ts';
import type { Records } from '../progress/records.ts';
import { openChatDoor } from './chat.ts';
import { longestLine, messagesPerMinute } from './limits.ts';
import { openMailDoor } from './mail.ts';
import type { NewMessage } from './message.ts';

export interface InboxParts {
  readonly lab: Lab;
  readonly records: Pick<Records, 'addMessage'>;
  /** Called with each message after it was stored. */
  readonly onMessage: (message: InboxMessage) => void;
  /** Ends the inbox. */
  readonly signal: AbortSignal;
}

export async function startInbox({ lab, records, onMessage, signal }: InboxParts): Promise<void> {
  const oneMore = perMinute(messagesPerMinute);
  const keep = (message: NewMessage) => {
    // What is still being read when the lab ends belongs to nobody any more.
    if (signal.aborted || !oneMore()) return 'too many';
    const head = { from: short(message.from), to: short(message.to), subject: short(message.subject) };
    onMessage(records.addMessage(lab.id, { ...message, ...head, at: new Date().toISOString() }));
    return 'kept';
  };
  lab.listen('outside', 25, await openMailDoor(keep, signal), signal);
  lab.listen('outside', 80, openChatDoor(keep, signal), signal);
}

const short = (line: string) => line.slice(0, longestLine);
