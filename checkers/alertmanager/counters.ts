/** How often Alertmanager itself says that it tried to notify, and failed, by integration. */
import type { Probe } from '#checking/probe.ts';

export type Counters = { readonly [integration: string]: { readonly tried: number; readonly failed: number } };

export const alertmanagerPort = 9093;

export async function countNotifications(probe: Probe): Promise<Counters> {
  const answer = await probe.http('monitor', alertmanagerPort, '/metrics');
  return answer.ok ? readCounters(answer.body) : {};
}

/** Reads the text of /metrics. Requests are counted and not notifications: each failed try shows at once. */
export function readCounters(text: string): Counters {
  const counters: Record<string, { tried: number; failed: number }> = {};
  const lines = text.matchAll(
    /^alertmanager_notification_requests_(failed_)?total\{[^}]*integration="([^"]+)"[^}]*\} (\S+)$/gm,
  );
  for (const [, failed, integration = '', value] of lines) {
    const counter = (counters[integration] ??= { tried: 0, failed: 0 });
    if (failed) counter.failed += Number(value);
    else counter.tried += Number(value);
  }
  return counters;
}

/** What was counted between two looks. */
export const since = (before: Counters, after: Counters): Counters =>
  Object.fromEntries(
    Object.entries(after).map(([integration, { tried, failed }]) => {
      const old = before[integration] ?? { tried: 0, failed: 0 };
      return [integration, { tried: tried - old.tried, failed: failed - old.failed }];
    }),
  );

/** Notifications that were handed over, of those integrations for which `chosen` says yes. */
export const handedOver = (counters: Counters, chosen: (integration: string) => boolean): number =>
  Object.entries(counters).reduce((sum, [name, { tried, failed }]) => sum + (chosen(name) ? tried - failed : 0), 0);
