/**
 * After Ctrl-C with a backlog: what is still on its way is stale, and only its end matters. It is gathered until nothing
 * more comes, shortened, and given to the screen.
 */
import { limits } from './limits.ts';

const escape = 0x1b;
const lineFeed = 0x0a;
/** Shell integration's word that a command has ended: the prompt is next. */
const commandEnd = '\x1b]133;D';

export interface DrainEvents {
  parse(bytes: Uint8Array): void;
  /** Whether more may be on its way although nothing comes: the screen is still at work on what it got. */
  busy(): boolean;
  done(): void;
}

export class Drain {
  readonly #events: DrainEvents;
  readonly #until = performance.now() + limits.drain;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #quiet: NodeJS.Timeout | undefined;

  constructor(events: DrainEvents) {
    this.#events = events;
    this.#wait(limits.quiet);
  }

  add(bytes: Buffer): void {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    if (this.#length > limits.high) this.#parse();
    this.#wait(bytes.includes(commandEnd) ? 0 : limits.quiet);
  }

  cancel(): void {
    clearTimeout(this.#quiet);
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#quiet);
    const left = this.#until - performance.now();
    this.#quiet = setTimeout(() => this.#end(), Math.max(0, Math.min(milliseconds, left)));
  }

  #end(): void {
    const busy = this.#events.busy() && performance.now() < this.#until;
    this.#parse();
    if (busy) this.#wait(limits.quiet);
    else this.#events.done();
  }

  #parse(): void {
    if (this.#length === 0) return;
    this.#events.parse(endOf(Buffer.concat(this.#pieces, this.#length), limits.stale));
    this.#pieces = [];
    this.#length = 0;
  }
}

/** Leaves out whole lines before the last `keep` bytes, if they are plain text: escape sequences may not be lost. */
export function endOf(bytes: Buffer, keep: number): Buffer {
  const from = bytes.indexOf(lineFeed) + 1;
  const to = bytes.length > keep ? bytes.lastIndexOf(lineFeed, bytes.length - keep) + 1 : 0;
  if (from === 0 || to <= from || bytes.subarray(from, to).includes(escape)) return bytes;
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}
