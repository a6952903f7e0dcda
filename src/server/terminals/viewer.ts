/** One page that looks at a terminal: what was sent to it, and how far it has come. */
import type { WebSocket } from 'ws';
import type { TerminalSize } from '#sandbox/driver.ts';
import type { TerminalToPage } from '#shared/wire.ts';
import { limits } from './limits.ts';

export class Viewer {
  readonly #socket: WebSocket;
  /** False for one who only looks on: neither its size nor its pace matters. */
  readonly works: boolean;
  /** The size its pane has room for. */
  wants: TerminalSize | undefined;
  #unread = 0;
  #behind = false;
  /** Output that waits for the screen that is being taken. */
  #held: Uint8Array[] | undefined;
  #turn = 0;

  constructor(socket: WebSocket, works: boolean) {
    this.#socket = socket;
    this.works = works;
  }

  /** Bytes sent that the page has not parsed yet. */
  get unread(): number {
    return this.#unread;
  }

  /** It gets nothing until it is shown the screen again. */
  get behind(): boolean {
    return this.#behind;
  }

  take(bytes: Uint8Array): void {
    if (this.#behind) return;
    if (this.#held) this.#held.push(bytes);
    else this.#send(bytes);
  }

  fallBehind(): void {
    this.#behind = true;
    this.#held = undefined;
    this.#turn += 1;
  }

  /** A screen is being taken for it; what comes meanwhile is kept. Returns the turn to hand to `show`. */
  hold(): number {
    this.#behind = false;
    this.#held = [];
    return ++this.#turn;
  }

  /** Shows it the whole screen and then what was held, unless another screen has been asked for since. */
  show(turn: number, screen: Uint8Array, size: TerminalSize, owner: boolean): void {
    const held = this.#held;
    if (turn !== this.#turn || !held) return;
    this.#held = undefined;
    this.tell({ type: 'screen', ...size, bytes: screen.length, owner });
    for (const bytes of [screen, ...held]) this.#send(bytes);
  }

  tell(message: TerminalToPage): void {
    this.#socket.send(JSON.stringify(message));
  }

  acknowledge(bytes: number): void {
    this.#unread = Math.max(0, this.#unread - bytes);
  }

  /** Whether it fell behind and has since read enough to be shown the screen. */
  get caughtUp(): boolean {
    return this.#behind && this.#unread < limits.low;
  }

  close(): void {
    this.#socket.close(1000);
  }

  #send(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#unread += bytes.length;
    this.#socket.send(bytes, { binary: true });
  }
}
