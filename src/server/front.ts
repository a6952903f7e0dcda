/** The server's front: one port for pages, API, WebSockets and the pages inside labs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressesOf, type Addresses } from './addresses.ts';
import type { Config } from './config.ts';
import { clientAddressBehind } from './http/client-address.ts';
import { requestHandler } from './http/handler.ts';
import { securityHeaders } from './http/headers.ts';
import { listen } from './http/listen.ts';
import { originRules } from './http/origin.ts';
import type { Door, Route } from './http/route.ts';
import { routerOf } from './http/router.ts';
import type { Sessions } from './http/session.ts';
import { socketsOf, type Sockets } from './http/sockets.ts';
import type { Pages } from './http/static.ts';
import type { Log } from './log.ts';
import type { ServicesRoom } from './services/index.ts';

export interface FrontParts {
  readonly routes: readonly Route[];
  readonly doors: readonly Door[];
  /** Answers what is asked of a page inside a lab. */
  readonly services: Pick<ServicesRoom, 'handle' | 'covers'>;
  readonly sessions: Sessions;
  readonly newLearner: () => string;
  readonly pages: Pages;
  readonly log: Log;
}

export interface Front {
  readonly addresses: Addresses;
  /** The port that it listens on. */
  readonly port: number;
  /** Begins to answer; until then whoever asks is told to come again. */
  serve(parts: FrontParts): void;
  /** Closes every WebSocket, and resolves when every request is answered. */
  close(): Promise<void>;
}

/** Longer than the longest check with its drills. Milliseconds. */
const routeTime = 300_000;
/** What is still under way when the server ends has so long. Milliseconds. */
const patienceAtEnd = 5_000;

export async function openFront(config: Config): Promise<Front> {
  let onRequest = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1' }).end('Redis Clinic is starting.\n');
  };
  let sockets: Sockets | undefined;
  let onUpgrade: Sockets['upgrade'] = (_request, stream) => void stream.destroy();
  const listening = await listen(
    config,
    (request, response) => onRequest(request, response),
    (...upgrade) => onUpgrade(...upgrade),
  );
  const addresses = addressesOf(config, listening.port);

  return {
    addresses,
    port: listening.port,
    serve({ routes, doors, services, pages, ...parts }) {
      const origins = originRules(config);
      const own = socketsOf({ ...parts, doors, origins, perLearner: config.socketsPerLearner });
      const answer = requestHandler({
        ...parts,
        router: routerOf(routes),
        origins,
        addressOf: clientAddressBehind(config.trustedProxy),
        secure: pages.folder === undefined ? () => undefined : securityHeaders(pages.folder, [addresses.services]),
        pages: pages.serve,
        timeLimit: routeTime,
      });
      sockets = own;
      onRequest = (request, response) => {
        if (!services.handle(request, response)) void answer(request, response);
      };
      onUpgrade = (request, stream, head) => {
        if (services.covers(request.headers.host)) stream.destroy();
        else if (!pages.upgrade?.(request, stream, head)) own.upgrade(request, stream, head);
      };
    },
    async close() {
      sockets?.close(patienceAtEnd);
      await listening.close(patienceAtEnd);
    },
  };
}
