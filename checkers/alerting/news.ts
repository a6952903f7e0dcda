/**
 * Waits for news of an alert in the inbox. A message alone proves nothing, anybody can write one: it counts when
 * Prometheus had the alert firing before it came, and when Alertmanager itself counts a notification that it handed over.
 */
import { channelOf, type Channel } from '#checkers/alertmanager/config.ts';
import { countNotifications, handedOver, since, type Counters } from '#checkers/alertmanager/counters.ts';
import { query, timesOf } from '#checkers/prometheus/api.ts';
import type { Drilling } from '#checking/probe.ts';
import type { InboxMessage } from '#shared/wire.ts';

export type News = {
  /** Milliseconds from the start until Prometheus had one of the alerts firing. */
  readonly fired: number | null;
  /** Milliseconds from the start until the first message of each channel that counts. */
  readonly email: number | null;
  readonly chat: number | null;
  /** Messages of the right words without a notification behind them. */
  readonly unbacked: number;
  /** Messages that came in the time, and name none of the alerts. */
  readonly nameless: number;
  /** Notifications that Alertmanager failed to hand over. */
  readonly failed: { readonly [integration: string]: number };
  readonly complete: boolean;
};

export interface Wanted {
  readonly alerts: readonly string[];
  readonly state: 'firing' | 'over';
  /** 'any': one message is enough · 'both': e-mail and chat */
  readonly channels: 'any' | 'both';
  readonly from: Date;
  readonly before: Counters;
  /** Milliseconds until all of it must be there. */
  readonly patience: number;
  /** Milliseconds from the firing of the alert until its notification must be there. */
  readonly afterFiring: number;
}

/** Milliseconds between two looks at Prometheus and Alertmanager. */
const lookEvery = 1_500;

export async function awaitNews(drilling: Drilling, wanted: Wanted): Promise<News> {
  let lookedAt = 0;
  let news = await look(drilling, wanted);
  await drilling.until(async () => {
    if (Date.now() - lookedAt < lookEvery) return undefined;
    news = await look(drilling, wanted);
    lookedAt = Date.now();
    return news.complete || isHopeless(news, wanted) || undefined;
  }, wanted.patience);
  return news;
}

async function look(drilling: Drilling, { alerts, state, channels, from, before }: Wanted): Promise<News> {
  const names = alerts.map((name) => name.replaceAll(/[^\w: -]/g, '.')).join('|');
  const series = `ALERTS{alertname=~"${names}",alertstate="firing"}`;
  const [times, still, now] = await Promise.all([
    timesOf(drilling, series),
    query(drilling, series),
    countNotifications(drilling),
  ]);
  const quietSince = still.length > 0 ? Infinity : (times.at(-1) ?? 0);
  const fired = times.find((time) => time >= from.getTime()) ?? null;
  const counted = since(before, now);
  const arrived = drilling
    .inbox()
    .filter(({ at, channel }) => Date.parse(at) >= from.getTime() && channel !== 'sentinel');
  const messages = arrived.filter((message) => tells(message, alerts, state, quietSince));
  const backed = (channel: Channel) => {
    if (handedOver(counted, (integration) => channelOf(integration) === channel) < 1) return null;
    const earliest = state === 'over' ? from.getTime() : (fired ?? Infinity);
    const first = messages.find((message) => message.channel === channel && Date.parse(message.at) >= earliest);
    return first ? Date.parse(first.at) - from.getTime() : null;
  };
  const [email, chat] = [backed('email'), backed('chat')];
  return {
    fired: fired === null ? null : fired - from.getTime(),
    email,
    chat,
    unbacked: email === null && chat === null ? messages.length : 0,
    nameless: arrived.filter((message) => !isAbout(message, alerts)).length,
    failed: Object.fromEntries(
      Object.entries(counted).flatMap(([name, { failed }]) => (failed > 0 ? [[name, failed]] : [])),
    ),
    complete: channels === 'both' ? email !== null && chat !== null : email !== null || chat !== null,
  };
}

/** The alert has been firing for long, or a channel has failed twice and nothing of it has come. */
const isHopeless = ({ fired, failed, email, chat }: News, { channels, state, from, afterFiring }: Wanted): boolean =>
  (state === 'firing' && fired !== null && Date.now() > from.getTime() + fired + afterFiring) ||
  Object.entries(failed).some(([integration, count]) => {
    const arrived = channelOf(integration) === 'email' ? email : chat;
    return count >= 2 && arrived === null && (channels === 'both' || (email === null && chat === null));
  });

const wordsOf = ({ subject, text, raw }: InboxMessage): string => [subject, text, raw].join('\n');

const isAbout = (message: InboxMessage, alerts: readonly string[]): boolean =>
  alerts.some((name) => wordsOf(message).includes(name));

/**
 * The alert's name somewhere in the message, and the state in one of the ways in which templates say it. A template may
 * also have words of its own: then a message is about the end when Prometheus had the alert firing no more.
 */
function tells(message: InboxMessage, alerts: readonly string[], state: Wanted['state'], quietSince: number): boolean {
  const words = wordsOf(message);
  const firing = /firing|"danger"/i.test(words);
  const resolved = /resolved|"good"/i.test(words);
  const over = firing || resolved ? resolved && !firing : Date.parse(message.at) > quietSince;
  return isAbout(message, alerts) && over === (state === 'over');
}
