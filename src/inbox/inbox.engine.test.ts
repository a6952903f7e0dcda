import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lab } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import type { InboxMessage } from '#shared/wire.ts';
import { openDriver } from '../authoring/engine.ts';
import { startInbox } from './index.ts';

const driver = await openDriver();
const id = 'f-inbox';
const ending = new AbortController();
const messages: InboxMessage[] = [];
let lab: Lab;

beforeAll(async () => {
  lab = await driver.create(id, topologies['single+monitor']);
  const addMessage = (_lab: string, message: Omit<InboxMessage, 'id'>) => ({ ...message, id: messages.length + 1 });
  await startInbox({
    lab,
    records: { addMessage },
    onMessage: (message) => messages.push(message),
    signal: ending.signal,
  });
});
afterAll(async () => {
  ending.abort();
  await driver.remove(id);
});

/** As a learner on the monitor host; tries again while the inbox is opening its doors. */
const curl = (words: string) =>
  lab.run('monitor', `curl -sS --retry 20 --retry-connrefused --retry-delay 1 ${words}`, { timeout: 40_000 });

test('mail and webhooks from a host of the lab arrive', async () => {
  const mail = await curl(
    `--url smtp://inbox/monitor --mail-from am@monitor.example --mail-rcpt oncall@example.org -T <(printf 'Subject: [FIRING:1] High\\r\\n\\r\\nmemory\\r\\n')`,
  );
  const chat = await curl(`-d '{"text": "hello"}' http://inbox/services/redis`);
  const sentinel = await curl(`-d '+odown master mymaster' http://inbox/sentinel`);
  expect([mail.code, chat.stdout, sentinel.stdout]).toEqual([0, 'ok', 'ok']);
  expect(messages.map(({ channel, subject, to }) => [channel, subject, to])).toEqual([
    ['email', '[FIRING:1] High', 'oncall@example.org'],
    ['chat', 'hello', '(no channel)'],
    ['sentinel', '+odown master mymaster', '/sentinel'],
  ]);
});

test('too large a message is refused, and the next one is taken', async () => {
  const large = await curl(
    `-o /dev/null -w '%{http_code}' --data-binary @<(head -c 80000 /dev/zero | tr '\\0' x) http://inbox/chat`,
  );
  expect(large.stdout).toBe('413');
  expect((await curl(`-d '{"text": "after"}' http://inbox/chat`)).stdout).toBe('ok');
});
