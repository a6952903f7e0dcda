/** HTTP to the ports of a lab over kept connections, for as long as a check lasts. Answers, never exceptions. */
import { EngineUnreachable, HostDown, PortRefused } from '#sandbox/driver.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { askHttp } from './ask-http.ts';
import { DialAgent } from './dial-agent.ts';
import type { HttpAnswer } from './probe.ts';

export interface HttpInit {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Milliseconds for one answer. */
const patience = 5_000;
/** Bytes of one answer: the metrics of an exporter are a fortieth of it. */
const largest = 4 * 1024 * 1024;
const atOnce = 4;

export class HttpLinks {
  readonly #lab: Lab;
  readonly #agents = new Map<string, DialAgent>();

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  async ask(host: HostName, port: number, path: string, init: HttpInit, signal: AbortSignal): Promise<HttpAnswer> {
    const authority = `${host}:${port}`;
    const agent = this.#agents.get(authority) ?? new DialAgent(() => this.#lab.dial(host, port), atOnce);
    this.#agents.set(authority, agent);
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
      return { ok: true, ...(await askHttp({ agent, authority, path, ...init, signal: limit, largest })) };
    } catch (error) {
      return whyNot(error, authority);
    }
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }
}

function whyNot(error: unknown, where: string): HttpAnswer {
  if (error instanceof EngineUnreachable || !(error instanceof Error)) throw error;
  if (error instanceof HostDown) return { ok: false, why: 'host-down', text: error.message };
  if (error instanceof PortRefused) return { ok: false, why: 'refused', text: error.message };
  if (error.name === 'AbortError') return { ok: false, why: 'timeout', text: `${where} did not answer in time` };
  return { ok: false, why: 'refused', text: `${where} ended the connection: ${error.message}` };
}
