/** Kept HTTP connections to a port inside a host: one serves many questions. */
import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';

export class DialAgent extends Agent {
  readonly #dial: () => Promise<Duplex>;
  #destroyed = false;

  /** A failure to dial is the request's error, as the driver said it. */
  constructor(dial: () => Promise<Duplex>, maxSockets: number) {
    super({ keepAlive: true, maxSockets });
    this.#dial = dial;
  }

  override createConnection(_options: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined {
    this.#dial().then(
      (stream) => {
        done?.(null, asSocket(stream));
        // It came after the end: nobody would close it any more.
        if (this.#destroyed) stream.destroy();
      },
      (error: Error) => done?.(error, undefined as never),
    );
  }

  override destroy(): void {
    this.#destroyed = true;
    super.destroy();
  }
}

/** What the agent asks of a socket and a dialled stream does not have: to be kept alive, and not to keep the process. */
function asSocket(stream: Duplex): Duplex {
  const manners = ['ref', 'unref', 'setKeepAlive', 'setTimeout'].filter((name) => !(name in stream));
  return Object.assign(stream, Object.fromEntries(manners.map((name) => [name, () => stream])));
}
