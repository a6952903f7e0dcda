/** Joins a WebSocket to a terminal as a viewer, and holds what comes in to the protocol. */
import type { RawData, WebSocket } from 'ws';
import { limits } from './limits.ts';
import { parseMessage } from './messages.ts';
import type { SharedTerminal } from './shared-terminal.ts';
import { Viewer } from './viewer.ts';

export interface DoorEvents {
  /** Somebody typed: the lab is in use. */
  used(): void;
  failed(what: string, error: unknown): void;
}

/** Close codes of /terminal that a page acts upon. */
export const closeCodes = { malformed: 1008, tooBig: 1009, unknownTerminal: 4404 } as const;

export function joinTerminal(socket: WebSocket, terminal: SharedTerminal, mayType: boolean, events: DoorEvents): void {
  const viewer = new Viewer(socket, mayType);

  socket.on('message', (data, binary) => {
    const bytes = asBuffer(data);
    if (bytes.length > limits.message) {
      socket.close(closeCodes.tooBig, `A message may have ${limits.message} bytes; this one has ${bytes.length}.`);
    } else if (!binary) {
      const message = parseMessage(bytes.toString());
      if (!message) return socket.close(closeCodes.malformed, 'A text message must be ack, resize or start-again.');
      terminal.hear(viewer, message).catch((error: unknown) => events.failed(message.type, error));
    } else if (mayType) {
      events.used();
      terminal.input(viewer, bytes);
    }
  });

  const heartbeat = watchHeartbeat(socket);
  socket.on('error', (error) => events.failed('socket', error));
  socket.once('close', () => {
    clearInterval(heartbeat);
    terminal.leave(viewer);
  });
  terminal.join(viewer);
}

/** A page that is gone without a word (a closed lid, a cut cable) must not hold the terminal's pace. */
function watchHeartbeat(socket: WebSocket): NodeJS.Timeout {
  let answered = true;
  socket.on('pong', () => (answered = true));
  return setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, limits.ping);
}

function asBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
