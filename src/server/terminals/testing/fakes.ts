/** A shell that a test speaks for, and a page that a test reads for. */
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Terminal, TerminalSize } from '#sandbox/driver.ts';
import type { TerminalToPage } from '#shared/wire.ts';

export class FakeShell implements Terminal {
  readonly output = new PassThrough({ highWaterMark: 1 << 30 });
  readonly sizes: TerminalSize[] = [];
  readonly ended: Promise<number>;
  typed = '';
  closed = false;
  #end: (status: number) => void = () => {};

  constructor() {
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  write(data: Uint8Array): void {
    this.typed += Buffer.from(data).toString();
  }

  async resize(size: TerminalSize): Promise<void> {
    this.sizes.push(size);
  }

  exit(status: number): void {
    this.#end(status);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.exit(129);
  }
}

/** As much of ws' WebSocket as the door uses; what the server sends is kept. */
export class FakePage extends EventEmitter {
  readonly messages: TerminalToPage[] = [];
  /** Bytes since the last screen, that screen included. */
  shown = Buffer.alloc(0);
  received = 0;
  closedWith: number | undefined;

  get socket(): WebSocket {
    return this as unknown as WebSocket;
  }

  send(data: string | Uint8Array): void {
    if (typeof data === 'string') {
      const message = JSON.parse(data) as TerminalToPage;
      if (message.type === 'screen') this.shown = Buffer.alloc(0);
      this.messages.push(message);
    } else {
      this.received += data.length;
      this.shown = Buffer.concat([this.shown, data]);
    }
    this.emit('sent');
  }

  close(code: number): void {
    this.closedWith = code;
    this.emit('close');
  }

  types(text: string): void {
    this.emit('message', Buffer.from(text), true);
  }

  says(message: unknown): void {
    this.emit('message', Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)), false);
  }

  count(type: TerminalToPage['type']): number {
    return this.messages.filter((message) => message.type === type).length;
  }

  get text(): string {
    return this.shown.toString();
  }
}
