/** Witness and inbox of a bench's lab, with their records in memory. */
import type { TellFault } from '#checking/faults.ts';
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import type { InboxMessage, TimelineEvent } from '#shared/wire.ts';
import { startInbox } from '../inbox/index.ts';
import { shareHostEvents, startWitness } from '../witness/index.ts';

export interface Observers {
  readonly timeline: () => readonly TimelineEvent[];
  readonly inbox: () => readonly InboxMessage[];
  readonly onFault: TellFault;
}

export async function observe(driver: SandboxDriver, lab: Lab, signal: AbortSignal): Promise<Observers> {
  const events: TimelineEvent[] = [];
  const messages: InboxMessage[] = [];
  const records = {
    addEvent: (_lab: string, event: Omit<TimelineEvent, 'id'>) => keep(events, event),
    events: () => events,
    addMessage: (_lab: string, message: Omit<InboxMessage, 'id'>) => keep(messages, message),
  };
  const hostEvents = shareHostEvents(driver, signal);
  const { note } = startWitness({
    lab,
    hostEvents,
    records,
    signal,
    onEvent: () => undefined,
    onPicture: () => undefined,
  });
  await startInbox({
    lab,
    records,
    signal,
    onMessage: ({ channel, subject }) =>
      note('message-received', undefined, `Received: ${subject}`, { channel, subject }),
  });
  const onFault: TellFault = (what, kind, host) =>
    note(`fault-${what}`, host, `${kind} of ${host}: ${what}`, { fault: kind });
  return { timeline: () => events, inbox: () => messages, onFault };
}

function keep<T>(list: (T & { readonly id: number })[], item: T): T & { readonly id: number } {
  const kept = { ...item, id: list.length + 1 };
  list.push(kept);
  return kept;
}
