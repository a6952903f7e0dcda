/** A browser's part in tests: it keeps its cookie, asks for JSON, and waits on the live connection. */
import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import type { LiveMessage } from '#shared/wire.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

export class Browser {
  readonly #address: string;
  cookie = '';

  constructor(address: string) {
    this.#address = address;
  }

  /** `body` is sent as JSON; a string as it is. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const text = typeof body === 'string' || body === undefined ? (body ?? '') : JSON.stringify(body);
    const asked = request(this.#address, {
      method,
      path,
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(text)),
        }),
        ...headers,
      },
    });
    asked.end(text);
    const [response] = await once(asked, 'response');
    const [cookie] = response.headers['set-cookie'] ?? [];
    if (cookie) this.cookie = cookie.split(';')[0];
    let said = '';
    for await (const chunk of response.setEncoding('utf8')) said += chunk;
    const isJson = /json/.test(response.headers['content-type'] ?? '');
    return {
      status: response.statusCode,
      headers: response.headers,
      text: said,
      json: isJson ? JSON.parse(said) : undefined,
    };
  }

  /** The status of a WebSocket's upgrade: 101 when it was opened (it is closed again). */
  async knock(path: string, headers: Record<string, string> = {}): Promise<number> {
    const socket = this.socket(path, headers);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
    const status = await promise;
    socket.removeAllListeners('error').on('error', () => undefined);
    socket.terminate();
    return status;
  }

  socket(path: string, headers: Record<string, string> = {}): WebSocket {
    return new WebSocket(new URL(path, this.#address.replace(/^http/, 'ws')), {
      headers: { cookie: this.cookie, ...headers },
    });
  }

  /** Opens the live connection; `next` waits for a message, from the first one on, each taken once. */
  async live() {
    const socket = this.socket('/live');
    const heard: LiveMessage[] = [];
    let wake = () => undefined as void;
    socket.on('message', (data) => {
      heard.push(JSON.parse(String(data)));
      wake();
    });
    await once(socket, 'open');
    return {
      socket,
      async next<T extends LiveMessage['type']>(
        type: T,
        is: (message: Extract<LiveMessage, { type: T }>) => boolean = () => true,
      ): Promise<Extract<LiveMessage, { type: T }>> {
        for (;;) {
          for (let message = heard.shift(); message; message = heard.shift()) {
            const found = message as Extract<LiveMessage, { type: T }>;
            if (message.type === type && is(found)) return found;
          }
          await new Promise<void>((resolve) => (wake = resolve));
        }
      },
    };
  }
}
