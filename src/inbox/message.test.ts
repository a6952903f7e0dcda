import { expect, test } from 'vitest';
import { chatMessage, mailMessage, sentinelMessage } from './message.ts';

test('an e-mail is read with its subject and its plain text', async () => {
  const raw =
    'From: Alert Manager <am@monitor.example>\r\nSubject: [FIRING:1] RedisMemoryHigh\r\n\r\n84 % of maxmemory\r\n';
  const message = await mailMessage(raw, { from: 'am@monitor.example', to: ['oncall@example.org'] });
  expect(message).toEqual({
    channel: 'email',
    from: 'Alert Manager <am@monitor.example>',
    to: 'oncall@example.org',
    subject: '[FIRING:1] RedisMemoryHigh',
    text: '84 % of maxmemory',
    raw,
  });
});

test('an e-mail with only HTML is read without its tags', async () => {
  const raw = 'Subject: x\r\nContent-Type: text/html\r\n\r\n<style>p{}</style><p>memory <b>high</b></p>\r\n';
  expect((await mailMessage(raw, { from: 'a@b', to: ['c@d'] })).text.replace(/\s+/g, ' ')).toBe('memory high');
});

test('a Slack message with attachments has the first title as subject', () => {
  const raw = JSON.stringify({
    channel: '#redis',
    username: 'Alertmanager',
    attachments: [{ title: '[FIRING] High', text: '84 %' }],
  });
  expect(chatMessage(raw, '/chat')).toMatchObject({
    channel: 'chat',
    from: 'Alertmanager',
    to: '#redis',
    subject: '[FIRING] High',
    text: '[FIRING] High\n84 %',
  });
});

test("Alertmanager's own webhook names status and alerts", () => {
  const alert = { status: 'resolved', labels: { alertname: 'RedisMemoryHigh' }, annotations: { summary: 'all well' } };
  const raw = JSON.stringify({ version: '4', status: 'resolved', receiver: 'chat', alerts: [alert] });
  expect(chatMessage(raw, '/chat')).toMatchObject({
    subject: '[RESOLVED:1] RedisMemoryHigh',
    text: 'resolved: all well',
    to: 'chat',
  });
});

test.each(['', 'null', '[1]', '{"text": 5}', '{"alerts": "x", "attachments": [null]}', 'plain words'])(
  '%j is kept as it is',
  (raw) => {
    expect(chatMessage(raw, '/hook')).toMatchObject({ channel: 'chat', raw });
  },
);

test("Sentinel's script is read by its first line", () => {
  expect(sentinelMessage('+odown\nmaster mymaster 10.0.0.2 6379')).toMatchObject({
    channel: 'sentinel',
    subject: '+odown',
  });
});
