/** Pages for authors: made on request by Astro's development server, so that an edit of a lesson shows at once. */
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { dev } from 'astro';
import type { Pages } from './static.ts';

export async function authorPages(): Promise<Pages> {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const server = await dev({ root, logLevel: 'warn', server: { host: '127.0.0.1', port: 0 } });
  const { port } = server.address;
  return {
    folder: undefined,
    serve: (request, response) => relay(port, request, response),
    upgrade(request, stream, head) {
      // Vite's own connection, by which it tells pages to reload.
      if (!request.headers['sec-websocket-protocol']?.startsWith('vite-')) return false;
      tunnel(port, request, stream, head);
      return true;
    },
  };
}

function relay(port: number, request: IncomingMessage, response: ServerResponse): void {
  const { method, url: path, headers } = request;
  const inside = httpRequest({
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: { ...headers, host: `127.0.0.1:${port}` },
  });
  inside.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'text/plain' }).end(`The page could not be made: ${error.message}`);
  });
  inside.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  pipeline(request, inside, () => undefined);
}

function tunnel(port: number, request: IncomingMessage, stream: Duplex, head: Buffer): void {
  const inside = connect(port, '127.0.0.1', () => {
    const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
    inside.write(`GET ${request.url ?? '/'} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    inside.write(head);
    pipeline(stream, inside, stream, () => undefined);
  });
  inside.on('error', () => stream.destroy());
}
