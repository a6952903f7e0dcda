/**
 * The page's line to one terminal. After a loss it connects again with back-off, to the same shell. What is typed while
 * there is no line is refused, never kept: nobody wants yesterday's keys in a shell, and nothing is sent twice.
 */
import type { TerminalToPage, TerminalToServer } from '#shared/wire.ts';
import type { Size } from './intake.ts';

export interface ConnectionEvents {
  message(message: TerminalToPage): void;
  output(bytes: Uint8Array): void;
  /** lost: trying again · unreachable: given up, `retry` tries again · gone: the server has no such terminal */
  state(state: ConnectionState): void;
}

export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'unreachable' | 'gone';

const firstPause = 250;
const longestPause = 5_000;
const givesUpAfter = 5 * 60_000;
const unknownTerminal = 4404;
/** A long paste goes in several messages: the server refuses larger ones than twice this. */
const largestMessage = 32 * 1024;

export class Connection {
  readonly #url: URL;
  readonly #events: ConnectionEvents;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = firstPause;
  #lostAt: number | undefined;
  #size: Size | undefined;
  #closed = false;

  /** `door` is the WebSocket's path and query: the learner's own terminal, or an instructor's look into one. */
  constructor(door: string, events: ConnectionEvents) {
    this.#url = new URL(door, location.href.replace(/^http/, 'ws'));
    this.#events = events;
    addEventListener('online', this.retry);
  }

  open(): void {
    this.#events.state(this.#lostAt === undefined ? 'connecting' : 'lost');
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.addEventListener('open', () => this.#opened());
    socket.addEventListener('close', (event) => this.#ended(socket, event.code));
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') this.#events.message(JSON.parse(data) as TerminalToPage);
      else this.#events.output(new Uint8Array(data));
    });
  }

  /** Tries again at once, when it waits or has given up. */
  readonly retry = (): void => {
    if (this.#closed || !this.#lostAt || this.#socket) return;
    this.#lostAt = Date.now();
    this.#pause = firstPause;
    clearTimeout(this.#timer);
    this.open();
  };

  /** False when there is no line: the keys are lost. */
  type(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    for (let at = 0; at < bytes.length; at += largestMessage)
      this.#socket.send(bytes.subarray(at, at + largestMessage));
    return true;
  }

  /** The room that the pane has; told again on each new line. */
  resize(size: Size): void {
    if (size.cols === this.#size?.cols && size.rows === this.#size.rows) return;
    this.#size = size;
    this.tell({ type: 'resize', ...size });
  }

  tell(message: TerminalToServer): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  close(): void {
    this.#closed = true;
    removeEventListener('online', this.retry);
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #opened(): void {
    this.#lostAt = undefined;
    this.#pause = firstPause;
    if (this.#size) this.tell({ type: 'resize', ...this.#size });
    this.#events.state('connected');
  }

  #ended(socket: WebSocket, code: number): void {
    if (socket !== this.#socket || this.#closed) return;
    this.#socket = undefined;
    if (code === unknownTerminal) return this.#events.state('gone');
    this.#lostAt ??= Date.now();
    if (Date.now() - this.#lostAt > givesUpAfter) return this.#events.state('unreachable');
    this.#events.state('lost');
    this.#timer = setTimeout(() => this.open(), this.#pause);
    this.#pause = Math.min(this.#pause * 1.5, longestPause);
  }
}
