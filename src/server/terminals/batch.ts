/**
 * Gathers a shell's output into few messages. Output after a quiet time or a keystroke goes at once, so an echo waits
 * for nothing; a stream of small pieces goes every few milliseconds or when enough is there.
 */
import { limits } from './limits.ts';

export class Batch {
  readonly #send: (bytes: Buffer) => void;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #sentAt = 0;

  constructor(send: (bytes: Buffer) => void) {
    this.#send = send;
  }

  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length >= limits.batch) this.flush();
    else if (this.#timer || this.#immediate) return;
    else if (performance.now() - this.#sentAt > limits.gather) this.#immediate = setImmediate(() => this.flush());
    else this.#timer = setTimeout(() => this.flush(), limits.gather);
  }

  /** A key was pressed: what comes next is its echo. */
  hurry(): void {
    this.#sentAt = 0;
    if (this.#timer) this.flush();
  }

  flush(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = this.#immediate = undefined;
    if (this.#length === 0) return;
    const bytes = Buffer.concat(this.#pieces, this.#length);
    this.#pieces = [];
    this.#length = 0;
    this.#sentAt = performance.now();
    this.#send(bytes);
  }
}
