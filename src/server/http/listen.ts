/** The one listening socket, and its end. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';

/** The server cannot listen; the message is one sentence for the operator. */
export class CannotListen extends Error {
  override name = 'CannotListen';
}

export interface Listening {
  /** The port that was taken, when 0 was asked for. */
  readonly port: number;
  /** Takes no more requests and resolves when those at work are answered, or after the milliseconds. */
  close(milliseconds: number): Promise<void>;
}

export async function listen(
  where: { readonly host: string; readonly port: number },
  onRequest: RequestListener,
  onUpgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => void,
): Promise<Listening> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16_384 }, onRequest);
  server.on('upgrade', onUpgrade);
  await bound(server, where);
  return {
    port: (server.address() as AddressInfo).port,
    async close(milliseconds) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), milliseconds);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function bound(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      new CannotListen(
        error.code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is in use by another program: stop it, or choose another port with PORT.`
          : `Listening on ${host} port ${port} is not possible (${error.message}): set HOST and PORT to what this machine has.`,
      ),
    ),
  );
  server.listen(port, host, resolve);
  await promise;
}
