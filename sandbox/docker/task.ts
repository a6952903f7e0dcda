/** One command or connection that an attendant carries: what is written goes to it, what it puts out is read. */
import { Duplex } from 'node:stream';

/** Bytes that are handed over before the attendant says that they were taken: who does not read is not sent more. */
const portion = 64 * 1024;

export class Task extends Duplex {
  readonly #send: (kind: string, payload?: Uint8Array) => void;
  readonly #onStderr: (chunk: Buffer) => void;
  readonly #connected = Promise.withResolvers<string | undefined>();
  #taken: (() => void) | undefined;
  #paused = false;
  #status: number | undefined;

  /** `send` puts a frame of this task on its way; see attendant.pl. */
  constructor(send: (kind: string, payload?: Uint8Array) => void, onStderr: (chunk: Buffer) => void = () => undefined) {
    // Like a socket: when the other side has ended, so does this one.
    super({ allowHalfOpen: false });
    this.#send = send;
    this.#onStderr = onStderr;
    this.on('error', () => {});
  }

  /** Of a connection: undefined when it stands, else why not. */
  get connected(): Promise<string | undefined> {
    return this.#connected.promise;
  }

  /** Of a command that has ended by itself: its exit status. */
  get status(): number | undefined {
    return this.#status;
  }

  /** A frame from the attendant. */
  heard(kind: string, payload: Buffer): void {
    if (kind === 'o') this.#connected.resolve(undefined);
    else if (kind === 'n') this.#connected.resolve(payload.toString());
    else if (kind === 'd') this.#read(payload);
    else if (kind === 'f') this.#onStderr(payload);
    else if (kind === 'a') this.#taken?.();
    else if (kind === 'e') this.push(null);
    else if (kind === 's') {
      this.#status = Number(payload);
      // What it has not read of its input nobody will read.
      this.once('end', () => this.destroy());
      this.push(null);
    }
  }

  #read(payload: Buffer): void {
    if (this.push(payload) || this.#paused) return;
    this.#paused = true;
    this.#send('p');
  }

  override _read(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#send('g');
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const rest = chunk.subarray(portion);
    this.#taken = () => {
      this.#taken = undefined;
      if (rest.length > 0) this._write(rest, _encoding, done);
      else done();
    };
    this.#send('d', chunk.subarray(0, portion));
  }

  override _final(done: () => void): void {
    this.#send('e');
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#status === undefined) this.#send('k');
    this.#connected.resolve('the host ended it');
    done(error);
  }
}
