/** What every alarm drill has in common: settings that are too slow for it, and how its outcome is told. */
import { met, unmet, type Finding } from '#checking/define.ts';
import { longest, sum, untilOver, untilTold, type Delays } from './delays.ts';
import type { News } from './news.ts';

export type DrillSeen = {
  /** Why the drill was not begun: the learner's settings would make it too long. */
  readonly slow: string | null;
  /** What was done: "redis-1 at 88 % of its memory limit". */
  readonly fault: string;
  readonly told: News | null;
  readonly over: News | null;
  /** What Alertmanager's log complains of. */
  readonly log: string;
};

/** Milliseconds to wait for news: what the settings allow, and something for a busy machine. */
export const waitFor = {
  told: (delays: Delays, more = 0) => ({
    patience: (untilTold(delays) + more + 45) * 1_000,
    afterFiring: (delays.groupWait + 20) * 1_000,
  }),
  over: (delays: Delays) => ({ patience: (untilOver(delays) + 45) * 1_000, afterFiring: Infinity }),
};

export function tooSlow(delays: Delays): string | null {
  if (untilTold(delays) > longest)
    return `With your settings a notification may take ${untilTold(delays)} s (${sum(delays)})`;
  if (untilOver(delays) > longest)
    return `With your settings "resolved" may take ${untilOver(delays)} s (group_interval ${delays.groupInterval})`;
  return null;
}

export function judgeDrill(
  { slow, fault, told, over, log }: DrillSeen,
  alerts: readonly string[],
  channels: 'any' | 'both',
): Finding {
  if (slow)
    return unmet(
      `${slow}.`,
      'Shorten them for the lab: scrape and evaluation 5s, for 5s, group_wait 2s, group_interval 5s.',
    );
  const names = alerts.join(' or ');
  if (!told?.complete)
    return told
      ? judgeNotTold(told, { fault, names, log, channels })
      : unmet('The drill was broken off.', 'Check again.');
  if (!over?.complete)
    return unmet(
      `${names} arrived, but no "resolved" followed ${fault}.`,
      `send_resolved: true on each receiver, and no keep_firing_for in the rule that outlasts the lab's patience. ${log}`.trim(),
    );
  return met(
    `${fault}: ${names} fired after ${inSeconds(told.fired)}, was in the inbox after ${arrivals(told)}, and "resolved" ${arrivals(over)} after the end.`,
  );
}

function judgeNotTold(
  told: News,
  { fault, names, log, channels }: { fault: string; names: string; log: string; channels: 'any' | 'both' },
): Finding {
  if (told.unbacked > 0)
    return unmet(
      `A message about ${names} arrived, but not from Alertmanager: ${told.fired === null ? 'Prometheus has not fired it' : 'it counts no notification that it handed over'}.`,
      'Messages written by hand do not count. Let the route lead to a receiver that points at the inbox.',
    );
  if (told.fired === null)
    return unmet(
      `${fault}, and ${names} did not fire.`,
      'Cause the same fault yourself, and look at the expression on the page of Prometheus while it lasts: are its series still there?',
    );
  if (told.nameless > 0 && told.email === null && told.chat === null)
    return unmet(
      `${fault}: ${names} fired after ${inSeconds(told.fired)}, and what arrived in the inbox (${told.nameless}) does not name it: who reads it cannot know what it is about.`,
      'A text of your own should say which alert it is, and its state: {{ .Status }} {{ .CommonLabels.alertname }}.',
    );
  const missing = channels === 'any' ? 'no notification' : told.email === null ? 'no e-mail' : 'no chat message';
  return unmet(
    `${fault}: ${names} fired after ${inSeconds(told.fired)}, but ${missing} arrived in the inbox.`,
    adviceFrom(log),
  );
}

function adviceFrom(log: string): string {
  if (/STARTTLS/i.test(log))
    return "Alertmanager's log: the mail server offers no STARTTLS. Set smtp_require_tls: false for this lab's inbox, and never for a real mail server.";
  if (/lookup|no such host|refused/i.test(log))
    return `Alertmanager's log: it cannot reach the receiver, host or port are wrong. ${/dial tcp[^"\\\n]*/.exec(log)?.[0] ?? log}`;
  if (/auth/i.test(log)) return "Alertmanager's log: SMTP authentication. The inbox wants none: take smtp_auth_… out.";
  return (
    'Look at the page of Alertmanager: the alert may be silenced, inhibited, or routed to another receiver. ' +
    `Its log is /var/log/prometheus/prometheus-alertmanager.log. ${log}`
  ).trim();
}

const inSeconds = (milliseconds: number | null): string => `${((milliseconds ?? 0) / 1_000).toFixed(0)} s`;

function arrivals({ email, chat }: News): string {
  const ways = [email !== null && `${inSeconds(email)} by mail`, chat !== null && `${inSeconds(chat)} in the chat`];
  return ways.filter(Boolean).join(' and ');
}
