/**
 * The attendant of a host: one process there (attendant.pl) that runs commands and dials ports for us, many at once. To
 * start a process through the engine costs 70 ms of CPU and more; the attendant is started so, and starts all others.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { HostDown, PortRefused } from '../driver.ts';
import { environment, startExec } from './exec-stream.ts';
import type { ExecRequest, ExecStream } from './exec-stream.ts';
import { frameOf, framesFrom } from './frames.ts';
import { Task } from './task.ts';

/** Handed over on the standard input, so that also labs of an older image have the attendant of this version. */
const program = readFileSync(join(import.meta.dirname, 'attendant.pl'));
/** Milliseconds that an attendant without a task stays: commands seldom come alone. */
const idleTime = 15_000;
/** Milliseconds until it must have begun, on a busy machine. */
const patience = 10_000;

export class Attendant {
  readonly #stream: ExecStream;
  readonly #tasks = new Map<number, Task>();
  readonly #begun: Promise<boolean>;
  #last = 0;
  #leaving: NodeJS.Timeout | undefined;

  /** Rejects with the engine's own error when the host does not run, with `HostDown` when it starts no process. */
  static async start(container: Docker.Container, host: string): Promise<Attendant> {
    const { stream } = await startExec(container, { command: ['perl', '-'], user: 'root' }, () => {});
    const attendant = new Attendant(stream);
    const late = setTimeout(() => attendant.dismiss(), patience);
    const begun = await attendant.#begun;
    clearTimeout(late);
    if (begun) return attendant;
    throw new HostDown(`${host} starts no process for us: it is going down, or full of processes.`);
  }

  private constructor(stream: ExecStream) {
    this.#stream = stream;
    const begun = Promise.withResolvers<boolean>();
    this.#begun = begun.promise;
    stream.on(
      'data',
      framesFrom((kind, number, payload) => {
        if (kind === 'h') begun.resolve(true);
        else this.#tasks.get(number)?.heard(kind, payload);
      }),
    );
    stream.on('error', () => {});
    stream.once('end', () => stream.destroy());
    stream.once('close', () => {
      begun.resolve(false);
      clearTimeout(this.#leaving);
      for (const task of this.#tasks.values()) task.destroy();
    });
    stream.write(program);
  }

  /** It has ended: the next one must be started. */
  get gone(): boolean {
    return this.#stream.destroyed;
  }

  /** For an attendant that does not do what it is asked: it was stopped by somebody in the host. */
  dismiss(): void {
    this.#stream.destroy();
  }

  /** Starts a command; its end is the task's `status`. */
  run({ command, user, env }: ExecRequest, onStderr: (chunk: Buffer) => void): Task {
    const variables = environment(env);
    return this.#begin('x', [user, String(variables.length), ...variables, ...command], onStderr);
  }

  /** Connects to a port of the first of these addresses that takes it; rejects with `PortRefused`. */
  async dial(host: string, port: number, addresses: readonly string[]): Promise<Task> {
    const task = this.#begin('c', [String(port), ...addresses]);
    const refusal = await task.connected;
    if (refusal === undefined) return task;
    task.destroy();
    throw new PortRefused(`Nothing listens on port ${port} of ${host} (${refusal}).`);
  }

  #begin(kind: 'x' | 'c', words: readonly string[], onStderr?: (chunk: Buffer) => void): Task {
    const number = (this.#last += 1);
    const send = (letter: string, payload?: Uint8Array) => {
      if (!this.#stream.destroyed) this.#stream.write(frameOf(letter, number, payload));
    };
    const task = new Task(send, onStderr);
    this.#tasks.set(number, task);
    clearTimeout(this.#leaving);
    task.once('close', () => {
      this.#tasks.delete(number);
      if (this.#tasks.size === 0) this.#leaving = setTimeout(() => this.#stream.destroy(), idleTime).unref();
    });
    send(kind, Buffer.from(words.join('\0')));
    return task;
  }
}
