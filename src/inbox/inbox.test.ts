import { once } from 'node:events';
import { createServer, connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lab } from '#sandbox/driver.ts';
import type { InboxMessage } from '#shared/wire.ts';
import { startInbox } from './index.ts';

let ending = new AbortController();
beforeEach(() => (ending = new AbortController()));
afterEach(() => ending.abort());

/** An inbox on a lab whose host `outside` is this machine's loopback. */
async function inbox(refuse = false) {
  const messages: InboxMessage[] = [];
  const ports = new Map<number, Promise<number>>();
  const listen = (_host: string, port: number, onConnection: (stream: Duplex) => void, signal: AbortSignal) => {
    const server = createServer(onConnection).listen(0, '127.0.0.1');
    signal.addEventListener('abort', () => server.close());
    ports.set(
      port,
      once(server, 'listening').then(() => (server.address() as AddressInfo).port),
    );
  };
  const records = {
    addMessage(_lab: string, message: Omit<InboxMessage, 'id'>) {
      if (refuse) throw new Error('the disk is full');
      return { ...message, id: messages.length + 1 };
    },
  };
  const lab = { id: 'a-lab', listen } as unknown as Lab;
  await startInbox({ lab, records, onMessage: (message) => messages.push(message), signal: ending.signal });
  return { messages, port: async (port: number) => (await ports.get(port)) ?? 0 };
}

async function smtp(port: number, mail: string, receivers = 1): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let heard = '';
  for (const line of [
    'EHLO monitor',
    'MAIL FROM:<am@monitor>',
    ...Array.from({ length: receivers }, (_, number) => `RCPT TO:<oncall-${number}@example.org>`),
    'DATA',
    mail + '\r\n.',
    'QUIT',
  ]) {
    heard += String(await once(socket, 'data'));
    socket.write(line + '\r\n');
  }
  for await (const chunk of socket) heard += String(chunk);
  return heard;
}

test('mail and webhooks arrive, and what is too large is refused', async () => {
  const { messages, port } = await inbox();
  expect(await smtp(await port(25), 'Subject: [FIRING:1] High\r\n\r\nmemory')).toContain('250');
  const url = `http://127.0.0.1:${await port(80)}`;
  const post = (path: string, body: string) => fetch(url + path, { method: 'POST', body });
  const hello = await post('/services/T/B/x', '{"text":"hello"}');
  // Alertmanager takes any other word from Slack for a failure.
  expect([hello.status, await hello.text()]).toEqual([200, 'ok']);
  expect((await post('/sentinel', '+odown\nmaster mymaster')).status).toBe(200);
  expect(messages.map((message) => [message.channel, message.subject])).toEqual([
    ['email', '[FIRING:1] High'],
    ['chat', 'hello'],
    ['sentinel', '+odown'],
  ]);
  expect((await post('/chat', 'x'.repeat(70_000))).status).toBe(413);
  expect(await smtp(await port(25), 'Subject: big\r\n\r\n' + 'x'.repeat(70_000))).toContain('552');
  expect((await fetch(url + '/chat')).status).toBe(405);
  expect(messages).toHaveLength(3);
});

test('a flood ends at 120 messages a minute', async () => {
  const { messages, port } = await inbox();
  const url = `http://127.0.0.1:${await port(80)}/chat`;
  const statuses = new Set<number>();
  for (let i = 0; i < 250; i++) statuses.add((await fetch(url, { method: 'POST', body: 'again' })).status);
  expect(statuses).toEqual(new Set([200, 429]));
  expect(messages.length).toBeLessThanOrEqual(240);
});

test('a sender without measure is refused, and its long lines are cut', async () => {
  const { messages, port } = await inbox();
  expect(await smtp(await port(25), `Subject: ${'s'.repeat(5_000)}\r\n\r\nx`, 30)).toContain(
    '452 The inbox takes mail for at most 20 receivers at once.',
  );
  expect(messages.map(({ subject }) => subject)).toEqual(['s'.repeat(500)]);
});

test('what the records do not take is not said to be kept', async () => {
  const { port } = await inbox(true);
  expect(await smtp(await port(25), 'Subject: a\r\n\r\nb')).toContain('451 The inbox cannot keep messages');
  const answer = await fetch(`http://127.0.0.1:${await port(80)}/chat`, { method: 'POST', body: 'a' });
  expect([answer.status, await answer.text()]).toEqual([
    503,
    'The inbox cannot keep messages at the moment. Try again.',
  ]);
});
