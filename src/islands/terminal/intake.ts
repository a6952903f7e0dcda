/**
 * What has come from the server and is not parsed yet. Only a little of it is inside xterm at a time, so that a new
 * screen can replace what is stale; what was parsed or dropped is acknowledged, which is what the server's pace rests on.
 */
export interface Size {
  readonly cols: number;
  readonly rows: number;
}

export interface Screen extends Size {
  /** How many of the bytes that come next are the screen. */
  readonly bytes: number;
  whenShown(): void;
}

export interface Sink {
  write(bytes: Uint8Array, parsed: () => void): void;
  /** Empties the screen and takes the size, before a new screen is written. */
  reset(size: Size): void;
}

const piece = 32 * 1024;
const mostInFlight = 4 * piece;
/** Well under the server's low mark, below which it sends again. */
const acknowledgeEvery = piece;

export class Intake {
  readonly #sink: Sink;
  readonly #acknowledge: (bytes: number) => void;
  #queue: Uint8Array[] = [];
  #screen: Screen | undefined;
  /** Bytes of the present screen that are not parsed yet, and whom to tell when they are. */
  #unshown: { bytes: number; readonly whenShown: () => void } | undefined;
  #inFlight = 0;
  #owed = 0;

  constructor(sink: Sink, acknowledge: (bytes: number) => void) {
    this.#sink = sink;
    this.#acknowledge = acknowledge;
  }

  /** A whole screen follows: what waits is stale. */
  replace(screen: Screen): void {
    this.#done(this.#queue.reduce((sum, bytes) => sum + bytes.length, 0));
    this.#queue = [];
    this.#unshown = undefined;
    this.#screen = screen;
    this.#pump();
  }

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += piece) this.#queue.push(bytes.subarray(at, at + piece));
    this.#pump();
  }

  /** The connection is gone: nothing of it is owed to the next one. */
  forget(): void {
    this.#queue = [];
    this.#screen = this.#unshown = undefined;
    this.#owed = -this.#inFlight;
  }

  #pump(): void {
    if (this.#screen) {
      // What xterm holds of the last screen must be out before it is emptied.
      if (this.#inFlight > 0) return;
      this.#sink.reset(this.#screen);
      this.#unshown = { ...this.#screen };
      this.#screen = undefined;
      this.#show(0);
    }
    while (this.#inFlight < mostInFlight) {
      const bytes = this.#queue.shift();
      if (!bytes) return;
      this.#inFlight += bytes.length;
      this.#sink.write(bytes, () => {
        this.#inFlight -= bytes.length;
        this.#done(bytes.length);
        this.#show(bytes.length);
        this.#pump();
      });
    }
  }

  #show(bytes: number): void {
    const unshown = this.#unshown;
    if (!unshown || (unshown.bytes -= bytes) > 0) return;
    this.#unshown = undefined;
    unshown.whenShown();
  }

  #done(bytes: number): void {
    this.#owed += bytes;
    if (this.#owed < acknowledgeEvery) return;
    this.#acknowledge(this.#owed);
    this.#owed = 0;
  }
}
