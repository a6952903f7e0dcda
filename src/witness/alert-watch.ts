/** Follows Alertmanager on the monitor host, over one kept connection: what it takes up and drops becomes events. */
import type { Agent } from 'node:http';
import { z } from 'zod';
import { askHttp } from '#checking/ask-http.ts';
import { DialAgent } from '#checking/dial-agent.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { Tell } from './tell.ts';

const ALERTMANAGER_PORT = 9093;
/** Milliseconds for one answer. */
const PATIENCE = 3_000;
/** Bytes of one answer: some hundreds of alerts. */
const LARGEST = 512 * 1024;

const alertsSchema = z.array(
  z.object({ fingerprint: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
);

export interface AlertWatch {
  /** Asks once and tells what fired and what was resolved since. */
  look(): Promise<void>;
  close(): void;
}

export function watchAlerts(lab: Lab, tell: Tell): AlertWatch {
  const agent = new DialAgent(() => lab.dial('monitor', ALERTMANAGER_PORT), 1);
  let active = new Map<string, { readonly alert: string; readonly about: string }>();

  return {
    async look() {
      const alerts = await activeAlerts(agent);
      if (!alerts) return;
      const now = new Map(
        alerts.map(({ fingerprint, labels }) => [
          fingerprint,
          { alert: labels['alertname'] ?? 'an alert without a name', about: labels['instance'] ?? '' },
        ]),
      );
      for (const [fingerprint, data] of now) {
        if (!active.has(fingerprint)) tell('alert-fired', 'monitor', say(data, 'fired'), data);
      }
      for (const [fingerprint, data] of active) {
        if (!now.has(fingerprint)) tell('alert-resolved', 'monitor', say(data, 'is resolved'), data);
      }
      active = now;
    },
    close: () => agent.destroy(),
  };
}

function say({ alert, about }: { readonly alert: string; readonly about: string }, what: string): string {
  return `The alert ${alert}${about && ` for ${about}`} ${what}`;
}

/** The alerts that are neither silenced nor resolved; undefined when Alertmanager does not answer properly. */
async function activeAlerts(agent: Agent): Promise<z.infer<typeof alertsSchema> | undefined> {
  try {
    const { body } = await askHttp({
      agent,
      authority: `monitor:${ALERTMANAGER_PORT}`,
      path: '/api/v2/alerts?active=true&silenced=false&inhibited=false',
      signal: AbortSignal.timeout(PATIENCE),
      largest: LARGEST,
    });
    return alertsSchema.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
