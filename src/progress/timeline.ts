/** What happened in a lab and what arrived in its inbox: append-only, the oldest go when a lab has too many. */
import type { InboxMessage, TimelineEvent } from '#shared/wire.ts';
import type { Database } from './database.ts';
import { iso } from './iso.ts';
import type { Records } from './records.ts';

const eventsKept = 5_000;
const messagesKept = 500;
/** Characters of an event's text and of each word of its data: names in them are the learner's own choice. */
const longestWord = 500;
const rawLimit = 64 * 1024;

type TimelineRecords = Pick<Records, 'addEvent' | 'events' | 'addMessage' | 'messages'>;

export function timeline(database: Database): TimelineRecords {
  const addEvent = database.prepare('INSERT INTO events (lab, at, kind, host, text, data) VALUES (?, ?, ?, ?, ?, ?)');
  const addMessage = database.prepare(
    'INSERT INTO messages (lab, at, channel, sender, receiver, subject, text, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const events = database.prepare('SELECT * FROM events WHERE lab = ? AND at >= ? ORDER BY id');
  const messages = database.prepare('SELECT * FROM messages WHERE lab = ? AND at >= ? ORDER BY id');
  const trimTo = (table: string, kept: number) =>
    database.prepare(
      `DELETE FROM ${table} WHERE lab = ?1 AND id <=
       (SELECT id FROM ${table} WHERE lab = ?1 ORDER BY id DESC LIMIT 1 OFFSET ${kept})`,
    );
  const trimEvents = trimTo('events', eventsKept);
  const trimMessages = trimTo('messages', messagesKept);

  return {
    addEvent(lab, event) {
      const text = event.text.slice(0, longestWord);
      const data = JSON.stringify(event.data, (_name, value: unknown) =>
        typeof value === 'string' ? value.slice(0, longestWord) : value,
      );
      const { lastInsertRowid } = addEvent.run(lab, Date.parse(event.at), event.kind, event.host ?? null, text, data);
      trimEvents.run(lab);
      return { id: Number(lastInsertRowid), ...event, text, data: JSON.parse(data) };
    },
    events: (lab, since) => events.all(lab, since?.getTime() ?? 0).map(asEvent),
    addMessage(lab, message) {
      const kept = { ...message, text: message.text.slice(0, rawLimit), raw: message.raw.slice(0, rawLimit) };
      const { lastInsertRowid } = addMessage.run(
        lab,
        Date.parse(kept.at),
        kept.channel,
        kept.from,
        kept.to,
        kept.subject,
        kept.text,
        kept.raw,
      );
      trimMessages.run(lab);
      return { id: Number(lastInsertRowid), ...kept };
    },
    messages: (lab, since) => messages.all(lab, since?.getTime() ?? 0).map(asMessage),
  };
}

const asEvent = (row: Record<string, unknown>): TimelineEvent => ({
  id: Number(row.id),
  at: iso(row.at),
  kind: String(row.kind),
  ...(row.host !== null && { host: String(row.host) }),
  text: String(row.text),
  data: JSON.parse(String(row.data)),
});

const asMessage = (row: Record<string, unknown>): InboxMessage => ({
  id: Number(row.id),
  at: iso(row.at),
  channel: row.channel as InboxMessage['channel'],
  from: String(row.sender),
  to: String(row.receiver),
  subject: String(row.subject),
  text: String(row.text),
  raw: String(row.raw),
});
