/** One HTTP request to a port as seen from inside a host. */
import { request } from 'node:http';
import { EngineUnreachable, HostDown, PortRefused } from '#sandbox/driver.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { HttpAnswer } from './probe.ts';

export interface HttpInit {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const patience = 5_000;

export async function httpDial(
  lab: Lab,
  host: HostName,
  port: number,
  path: string,
  init: HttpInit,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    const stream = await lab.dial(host, port);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    return await new Promise<HttpAnswer>((resolve, reject) => {
      const outgoing = request(
        {
          path,
          method: init.method ?? 'GET',
          headers: { host: `${host}:${port}`, connection: 'close', ...init.headers },
          // The agent is not used when the stream is given; a Duplex is enough for node:http.
          createConnection: () => stream,
          signal: limit,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ ok: true, status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(init.body);
    }).finally(() => stream.destroy());
  } catch (error) {
    return whyNot(error, `${host}:${port}`);
  }
}

function whyNot(error: unknown, where: string): HttpAnswer {
  if (error instanceof EngineUnreachable || !(error instanceof Error)) throw error;
  if (error instanceof HostDown) return { ok: false, why: 'host-down', text: error.message };
  if (error instanceof PortRefused) return { ok: false, why: 'refused', text: error.message };
  if (error.name === 'AbortError') return { ok: false, why: 'timeout', text: `${where} did not answer in time` };
  return { ok: false, why: 'refused', text: `${where} ended the connection: ${error.message}` };
}
