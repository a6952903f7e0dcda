/** One command in a host with stdin, stdout and stderr: stdin is written, stdout is read, stderr is told by event. */
import { Duplex } from 'node:stream';
import type Docker from 'dockerode';

const headerLength = 8;
const stderrKind = 2;

/**
 * The engine multiplexes stdout and stderr in frames: kind, three zero bytes, length (32 bit), payload.
 * Not reading this stream stops reading from the engine.
 */
export class ExecStream extends Duplex {
  readonly #raw: Duplex;
  readonly #onStderr: (chunk: Buffer) => void;
  #pending: Buffer = Buffer.alloc(0);

  constructor(raw: Duplex, onStderr: (chunk: Buffer) => void) {
    super({ allowHalfOpen: true });
    this.#raw = raw;
    this.#onStderr = onStderr;
    raw.on('data', (chunk: Buffer) => this.#take(chunk));
    raw.on('end', () => this.push(null));
    raw.on('error', (error) => this.destroy(error));
    raw.on('close', () => this.push(null) || this.destroy());
  }

  #take(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    let more = true;
    for (;;) {
      if (this.#pending.length < headerLength) break;
      const end = headerLength + this.#pending.readUInt32BE(4);
      if (this.#pending.length < end) break;
      const payload = this.#pending.subarray(headerLength, end);
      if (this.#pending[0] === stderrKind) this.#onStderr(payload);
      else more = this.push(payload) && more;
      this.#pending = this.#pending.subarray(end);
    }
    if (!more) this.#raw.pause();
  }

  override _read(): void {
    this.#raw.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#raw.write(chunk, encoding, done);
  }

  override _final(done: () => void): void {
    this.#raw.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#raw.destroy();
    done(error);
  }
}

export interface ExecRequest {
  readonly command: readonly string[];
  readonly user: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a command without a terminal. */
export async function startExec(
  container: Docker.Container,
  request: ExecRequest,
  onStderr: (chunk: Buffer) => void,
): Promise<{ exec: Docker.Exec; stream: ExecStream }> {
  const exec = await container.exec({
    Cmd: [...request.command],
    User: request.user,
    Env: environment(request.env),
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const raw = await exec.start({ hijack: true, stdin: true });
  return { exec, stream: new ExecStream(raw, onStderr) };
}

/** Debian's own folders first: a program that a learner adds to /usr/local takes no other's place in what we run. */
const path = '/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin';

export function environment(extra: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries({ LANG: 'C.UTF-8', TERM: 'xterm-256color', PATH: path, ...extra }).map(
    ([name, value]) => `${name}=${value}`,
  );
}

/** The exit status once the command has ended; the engine may know it a moment after the stream has closed. */
export async function exitCode(exec: Docker.Exec): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { ExitCode } = await exec.inspect();
    if (ExitCode !== null) return ExitCode;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return noStatus;
}

/** As a shell says of a command that SIGKILL ended: the host went down under it. */
export const noStatus = 137;
