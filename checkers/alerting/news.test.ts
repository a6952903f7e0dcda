import { expect, test } from 'vitest';
import type { Drilling, HttpAnswer } from '#checking/probe.ts';
import type { InboxMessage } from '#shared/wire.ts';
import { awaitNews, type Wanted } from './news.ts';

const start = new Date('2026-01-01T12:00:00Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1_000).toISOString();
const message = (seconds: number, subject: string, channel: InboxMessage['channel'] = 'chat'): InboxMessage => ({
  id: seconds,
  at: after(seconds),
  channel,
  from: '',
  to: '',
  subject,
  text: '',
  raw: '',
});

interface World {
  /** It still fires. */
  readonly still?: boolean;
  readonly inbox: readonly InboxMessage[];
  /** Seconds after the start at which Prometheus had the alert firing. */
  readonly firing?: number;
  readonly tried?: number;
  readonly failed?: number;
}

/** A drill in a world that does not change any more. */
function drilling({ inbox, firing, still = false, tried = 0, failed = 0 }: World): Drilling {
  const values = firing === undefined ? [] : [[start.getTime() / 1_000 + firing, '1']];
  const result = [{ metric: { alertname: 'High' }, values }];
  const now = still ? [{ metric: { alertname: 'High' }, value: [0, '1'] }] : [];
  const metrics = `alertmanager_notification_requests_total{integration="webhook"} ${tried}
alertmanager_notification_requests_failed_total{integration="webhook"} ${failed}`;
  return {
    inbox: () => inbox,
    http: async (_host: string, port: number, path: string): Promise<HttpAnswer> => ({
      ok: true,
      status: 200,
      body: port !== 9090 ? metrics : JSON.stringify({ data: { result: path.includes('10m') ? result : now } }),
    }),
    until: async (look: () => unknown) => look(),
  } as unknown as Drilling;
}
const wanted: Wanted = {
  alerts: ['High'],
  state: 'firing',
  channels: 'any',
  from: start,
  before: {},
  patience: 1,
  afterFiring: Infinity,
};

test('a message counts when the alert was firing and Alertmanager handed one over', async () => {
  const news = await awaitNews(drilling({ inbox: [message(14, '[FIRING:1] High')], firing: 12, tried: 1 }), wanted);
  expect(news).toMatchObject({ complete: true, chat: 14_000, email: null, fired: 12_000, unbacked: 0 });
});

test.each<[string, World]>([
  ['written by hand before the alert fired', { inbox: [message(3, '[FIRING:1] High')], firing: 12, tried: 1 }],
  ['written by hand, and Alertmanager sent none', { inbox: [message(14, '[FIRING:1] High')], firing: 12 }],
  [
    'written by hand, and Alertmanager failed to',
    { inbox: [message(14, '[FIRING:1] High')], firing: 12, tried: 3, failed: 3 },
  ],
  ['without an alert in Prometheus', { inbox: [message(14, '[FIRING:1] High')], tried: 1 }],
])('%s it does not', async (_name, world) => {
  expect(await awaitNews(drilling(world), wanted)).toMatchObject({ complete: false, chat: null, unbacked: 1 });
});

test.each<[string, World]>([
  ['of another alert', { inbox: [message(14, '[FIRING:1] Low')], firing: 12, tried: 1 }],
  ['of the alert being over', { inbox: [message(14, '[RESOLVED] High')], firing: 12, tried: 1 }],
  ['from before the drill', { inbox: [message(-5, '[FIRING:1] High')], firing: 12, tried: 1 }],
  ["of Sentinel's script", { inbox: [message(14, '[FIRING:1] High', 'sentinel')], firing: 12, tried: 1 }],
])('a message %s is none', async (_name, world) => {
  expect(await awaitNews(drilling(world), wanted)).toMatchObject({ complete: false, unbacked: 0 });
});

test('messages that do not name the alert are counted', async () => {
  const inbox = [message(14, 'Look at Redis'), message(15, 'It worked', 'sentinel')];
  expect(await awaitNews(drilling({ inbox, firing: 12, tried: 1 }), wanted)).toMatchObject({ chat: null, nameless: 1 });
});

test('"resolved" is told in the words of any template', async () => {
  for (const subject of ['[RESOLVED] High', 'High is resolved', '{"color":"good","title":"High"}']) {
    const news = await awaitNews(drilling({ inbox: [message(9, subject)], tried: 1 }), { ...wanted, state: 'over' });
    expect(news).toMatchObject({ complete: true, chat: 9_000 });
  }
});

test('both channels means both', async () => {
  const world = { inbox: [message(14, '[FIRING:1] High')], firing: 12, tried: 1 };
  expect(await awaitNews(drilling(world), { ...wanted, channels: 'both' })).toMatchObject({
    complete: false,
    chat: 14_000,
  });
});

test('a template with words of its own is about the end when Prometheus has the alert firing no more', async () => {
  const inbox = [message(14, 'PROBLEM: High'), message(40, 'OK: High')];
  const over = await awaitNews(drilling({ inbox, firing: 30, tried: 2 }), { ...wanted, state: 'over' });
  expect(over).toMatchObject({ complete: true, chat: 40_000 });
  const early = await awaitNews(drilling({ inbox, firing: 12, still: true, tried: 2 }), { ...wanted, state: 'over' });
  expect(early).toMatchObject({ complete: false });
});
