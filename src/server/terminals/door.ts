/** Joins a WebSocket to a terminal as a viewer, and holds what comes in to the protocol. */
import type { RawData, WebSocket } from 'ws';
import { limits } from './limits.ts';
import { parseMessage } from './messages.ts';
import type { SharedTerminal } from './shared-terminal.ts';
import { Viewer } from './viewer.ts';

export interface Guest {
  /** False for one who only looks on: neither its size nor its pace matters. */
  readonly works: boolean;
  /** Asked at each message: what comes from one who may not type is thrown away. */
  mayType(): boolean;
  /** Somebody typed: the lab is in use. */
  used(): void;
  failed(what: string, error: unknown): void;
}

/** Close codes of /terminal that a page acts upon. */
export const closeCodes = { malformed: 1008, tooBig: 1009, unknownTerminal: 4404 } as const;

export function joinTerminal(socket: WebSocket, terminal: SharedTerminal, guest: Guest): void {
  const viewer = new Viewer(socket, guest.works);

  socket.on('message', (data, binary) => {
    const bytes = asBuffer(data);
    if (bytes.length > limits.message) {
      socket.close(closeCodes.tooBig, `A message may have ${limits.message} bytes; this one has ${bytes.length}.`);
    } else if (!binary) {
      const message = parseMessage(bytes.toString());
      if (!message) return socket.close(closeCodes.malformed, 'A text message must be ack, resize or start-again.');
      terminal.hear(viewer, message).catch((error: unknown) => guest.failed(message.type, error));
    } else if (guest.mayType()) {
      guest.used();
      terminal.input(viewer, bytes);
    }
  });

  socket.on('error', (error) => guest.failed('socket', error));
  socket.once('close', () => terminal.leave(viewer));
  terminal.join(viewer);
}

function asBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
