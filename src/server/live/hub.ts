/** The live connections: every open page of a learner is told what changes. */
import type { WebSocket } from 'ws';
import type { LiveMessage } from '#shared/wire.ts';
import type { Door } from '../http/route.ts';

/** A page that reads so slowly that this much waits for it is cut off; it comes back and gets the whole state. */
const backlogLimit = 4 * 1024 * 1024;

export interface LiveHub {
  readonly door: Door;
  send(learner: string, message: LiveMessage): void;
  /** How many pages a learner has open. */
  watching(learner: string): number;
  count(): number;
  /** Tells every page that the server ends. */
  bye(): void;
}

export function liveHub(parts: {
  /** The whole state, for a page that has just come. */
  readonly hello: (learner: string) => LiveMessage;
  /** A learner's first page came, or the last one went. */
  readonly onWatched: (learner: string, watched: boolean) => void;
}): LiveHub {
  const pages = new Map<string, Set<WebSocket>>();

  const tell = (socket: WebSocket, text: string) => {
    if (socket.bufferedAmount > backlogLimit) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.send(text);
  };
  const everybody = () => [...pages.values()].flatMap((sockets) => [...sockets]);

  return {
    door: {
      path: '/live',
      who: 'learner',
      open(socket, { learner }) {
        const own = pages.get(learner) ?? new Set();
        pages.set(learner, own.add(socket));
        if (own.size === 1) parts.onWatched(learner, true);
        socket.once('close', () => {
          own.delete(socket);
          if (own.size > 0 || pages.get(learner) !== own) return;
          pages.delete(learner);
          parts.onWatched(learner, false);
        });
        // Pages only listen here; what they have to say goes to /api.
        socket.on('message', () => socket.close(1008, 'This connection takes no messages.'));
        tell(socket, JSON.stringify(parts.hello(learner)));
      },
    },
    send(learner, message) {
      const text = JSON.stringify(message);
      for (const socket of pages.get(learner) ?? []) tell(socket, text);
    },
    watching: (learner) => pages.get(learner)?.size ?? 0,
    count: () => everybody().length,
    bye() {
      const text = JSON.stringify({ type: 'bye' } satisfies LiveMessage);
      for (const socket of everybody()) tell(socket, text);
    },
  };
}
