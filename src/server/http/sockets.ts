/** WebSockets: upgrades to the doors, so many a learner, with a heartbeat that finds the dead ones. */
import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { SessionRow } from '../../progress/learners.ts';
import type { OriginRules } from './origin.ts';
import type { Door } from './route.ts';
import type { Sessions } from './session.ts';

const frameLimit = 256 * 1024;
const heartbeat = 30_000;

export interface SocketParts {
  readonly doors: readonly Door[];
  readonly sessions: Sessions;
  readonly origins: OriginRules;
  readonly perLearner: number;
}

export interface Sockets {
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  count(): number;
  /** Closes every socket as a server that goes away; after the milliseconds those whose page does not answer are cut. */
  close(milliseconds: number): void;
}

export function socketsOf({ doors, sessions, origins, perLearner }: SocketParts): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: frameLimit, perMessageDeflate: false });
  const owners = new Map<WebSocket, string>();
  const answered = new WeakSet<WebSocket>();

  const beat = setInterval(() => {
    for (const socket of owners.keys()) {
      if (!answered.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, heartbeat);
  beat.unref();

  const refusal = (request: IncomingMessage, door: Door | undefined, session: SessionRow): number | undefined => {
    if (!origins.hostIsOurs(request)) return 421;
    if (!door) return 404;
    if (!origins.pageIsOurs(request)) return 403;
    const owner = door.who === 'instructor' ? session.instructor : session.learner;
    if (!owner) return 401;
    const open = owners.values().reduce((sum, other) => sum + (other === owner ? 1 : 0), 0);
    return open >= perLearner ? 429 : undefined;
  };

  return {
    upgrade(request, stream, head) {
      stream.on('error', () => stream.destroy());
      const url = URL.parse(request.url ?? '/', 'http://clinic');
      const door = doors.find(({ path }) => path === url?.pathname);
      const session = sessions.of(request);
      const status = refusal(request, door, session);
      if (status !== undefined || !door || !url) return refuse(stream, status ?? 400);
      server.handleUpgrade(request, stream, head, (socket) => {
        owners.set(socket, (door.who === 'instructor' ? session.instructor : session.learner) ?? '');
        answered.add(socket);
        socket.on('pong', () => answered.add(socket));
        // A frame that breaks the protocol or the limit: ws closes the socket with the code that says so.
        socket.on('error', () => undefined);
        socket.on('close', () => owners.delete(socket));
        door.open(socket, { url, learner: session.learner ?? '', instructor: session.instructor });
      });
    },
    count: () => owners.size,
    close(milliseconds) {
      clearInterval(beat);
      for (const socket of owners.keys()) socket.close(1001);
      setTimeout(() => {
        for (const socket of owners.keys()) socket.terminate();
      }, milliseconds).unref();
    },
  };
}

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
