/** Follows Alertmanager on the monitor host, over one kept connection: what it takes up and drops becomes events. */
import { Agent, get } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import type { Lab } from '#sandbox/driver.ts';
import type { Tell } from './tell.ts';

const ALERTMANAGER_PORT = 9093;
const PATIENCE = 3_000;

const alertsSchema = z.array(
  z.object({ fingerprint: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
);

export interface AlertWatch {
  /** Asks once and tells what fired and what was resolved since. */
  look(): Promise<void>;
  close(): void;
}

export function watchAlerts(lab: Lab, tell: Tell): AlertWatch {
  const agent = keptConnection(lab);
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
    const path = '/api/v2/alerts?active=true&silenced=false&inhibited=false';
    return alertsSchema.parse(JSON.parse(await fetchText(agent, path)));
  } catch {
    return undefined;
  }
}

function fetchText(agent: Agent, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ agent, path, host: 'monitor', signal: AbortSignal.timeout(PATIENCE) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    });
    request.on('error', reject);
  });
}

/** To dial costs a command in the host, so one connection serves all questions. */
function keptConnection(lab: Lab): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agent.createConnection = (_options, callback) => {
    lab.dial('monitor', ALERTMANAGER_PORT).then(
      (stream) => callback?.(null, asSocket(stream)),
      (error: Error) => callback?.(error, asSocket(undefined)),
    );
    return undefined;
  };
  return agent;
}

/** The agent keeps sockets alive with three calls that a plain stream lacks; they mean nothing here. */
function asSocket(stream: Duplex | undefined): Duplex {
  return Object.assign(stream ?? ({} as Duplex), {
    setKeepAlive: () => undefined,
    setTimeout: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  });
}
