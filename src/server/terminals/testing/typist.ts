/**
 * A learner's terminal without a browser: a real WebSocket and a headless xterm that shows what a page would. It can be
 * made to read slowly, as a page on a weak machine does.
 */
import { once } from 'node:events';
import xterm from '@xterm/headless';
import { WebSocket } from 'ws';
import type { TerminalToPage } from '#shared/wire.ts';
import { UnicodeGraphemesAddon } from '../graphemes.ts';

export class Typist {
  readonly #socket: WebSocket;
  readonly #terminal = new xterm.Terminal({ cols: 100, rows: 28, scrollback: 1_000, allowProposedApi: true });
  readonly messages: TerminalToPage[] = [];
  received = 0;
  #stalled: number | undefined;
  closedWith: number | undefined;

  private constructor(socket: WebSocket) {
    this.#terminal.loadAddon(new UnicodeGraphemesAddon());
    this.#socket = socket;
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (binary) this.#output(data);
      else this.#hear(JSON.parse(data.toString()) as TerminalToPage);
    });
    socket.on('close', (code) => (this.closedWith = code));
  }

  static async connect(url: string, headers: Record<string, string> = {}): Promise<Typist> {
    const socket = new WebSocket(url, { headers, perMessageDeflate: false });
    const typist = new Typist(socket);
    await once(socket, 'open');
    return typist;
  }

  /** From now on nothing is parsed or acknowledged, as by a page that hangs, until `goOn`. */
  stall(): void {
    this.#stalled = 0;
  }

  /** What came meanwhile is dropped: of use only before a new screen comes. */
  goOn(): void {
    if (this.#stalled) this.say({ type: 'ack', bytes: this.#stalled });
    this.#stalled = undefined;
  }

  type(text: string): void {
    this.#socket.send(Buffer.from(text));
  }

  say(message: unknown): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** The lines on the screen and above it, without blank ones at the end. */
  get text(): string {
    const { active } = this.#terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  }

  /** Resolves when the screen matches; rejects with the screen when it does not in time. */
  async sees(pattern: RegExp, milliseconds = 10_000): Promise<void> {
    const deadline = AbortSignal.timeout(milliseconds);
    while (!pattern.test(this.text)) {
      if (deadline.aborted)
        throw new Error(`${String(pattern)} did not appear within ${milliseconds} ms on:\n${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async close(): Promise<void> {
    if (this.closedWith !== undefined) return;
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  #hear(message: TerminalToPage): void {
    this.messages.push(message);
    if (message.type === 'ended') return;
    if (message.type === 'screen') this.#terminal.reset();
    this.#terminal.resize(message.cols, message.rows);
  }

  #output(data: Buffer): void {
    this.received += data.length;
    if (this.#stalled !== undefined) this.#stalled += data.length;
    else this.#terminal.write(data, () => this.say({ type: 'ack', bytes: data.length }));
  }
}
