/** What arrives at the inbox, read into the one shape that pages and checkers know. Pure; nothing here may throw. */
import PostalMime, { type Address } from 'postal-mime';
import type { InboxMessage } from '#shared/wire.ts';

export type NewMessage = Omit<InboxMessage, 'id' | 'at'>;

/** An e-mail as it came over the wire, with the addresses of its SMTP envelope. */
export async function mailMessage(raw: string, envelope: { from: string; to: readonly string[] }): Promise<NewMessage> {
  const mail = await PostalMime.parse(raw).catch(() => undefined);
  return {
    channel: 'email',
    from: written(mail?.from) || envelope.from,
    to: envelope.to.join(', '),
    subject: mail?.subject ?? '(no subject)',
    text: (mail?.text ?? plainText(mail?.html ?? raw)).trim(),
    raw,
  };
}

/** A webhook's body: Slack's shape, Alertmanager's own shape, or whatever else was sent. */
export function chatMessage(raw: string, path: string): NewMessage {
  const body = parsed(raw);
  const read = slack(body) ?? alertmanager(body) ?? { from: 'webhook', to: path, subject: firstLine(raw), text: raw };
  return { channel: 'chat', ...read, raw };
}

/** What Sentinel's notification script sent: its first line is the event, the rest what it is about. */
export function sentinelMessage(raw: string): NewMessage {
  const subject = firstLine(raw);
  return { channel: 'sentinel', from: 'sentinel', to: '/sentinel', subject, text: raw.trim(), raw };
}

type Read = Pick<NewMessage, 'from' | 'to' | 'subject' | 'text'>;
type Bag = Readonly<Record<string, unknown>>;

function slack(body: Bag): Read | undefined {
  const attachments = bags(body['attachments']);
  if (!attachments.length && !text(body['text'])) return undefined;
  const parts = attachments.flatMap((part) => [text(part['pretext']), text(part['title']), text(part['text'])]);
  const lines = [text(body['text']), ...parts].filter(Boolean);
  const subject = text(attachments[0]?.['title']) || lines[0] || text(attachments[0]?.['fallback']);
  return {
    from: text(body['username']) || 'webhook',
    to: text(body['channel']) || '(no channel)',
    subject: firstLine(subject),
    text: lines.join('\n') || subject,
  };
}

function alertmanager(body: Bag): Read | undefined {
  const alerts = bags(body['alerts']);
  if (!alerts.length) return undefined;
  const names = [...new Set(alerts.map((alert) => text(bag(alert['labels'])['alertname'])))];
  const lines = alerts.map((alert) => {
    const notes = bag(alert['annotations']);
    const about = text(notes['summary']) || text(notes['description']) || pairs(bag(alert['labels']));
    return `${text(alert['status'])}: ${about}`;
  });
  return {
    from: 'alertmanager',
    to: text(body['receiver']),
    subject: `[${text(body['status']).toUpperCase()}:${alerts.length}] ${names.join(', ')}`,
    text: lines.join('\n'),
  };
}

function parsed(raw: string): Bag {
  try {
    return bag(JSON.parse(raw));
  } catch {
    return {};
  }
}

const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {});
const bags = (value: unknown): readonly Bag[] => (Array.isArray(value) ? value.map(bag) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const pairs = (labels: Bag) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
const firstLine = (many: string) => (many.trim().split('\n')[0] ?? '').slice(0, 200) || '(no subject)';
const plainText = (html: string) =>
  html
    .replace(/<(style|script)[^]*?<\/\1>/gi, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

function written(address: Address | undefined): string {
  if (!address?.address) return '';
  return address.name ? `${address.name} <${address.address}>` : address.address;
}
