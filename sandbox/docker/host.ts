/** One host of a lab, as the engine and its attendant serve it. */
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { HostDown } from '../driver.ts';
import type { CommandResult, RunOptions } from '../driver.ts';
import { Attendant } from './attendant.ts';
import { runCommand } from './run.ts';

export class Host {
  readonly container: Docker.Container;
  readonly #name: string;
  #kept: { readonly startedAt: string; readonly attendant: Promise<Attendant> } | undefined;

  constructor(container: Docker.Container, name: string) {
    this.container = container;
    this.#name = name;
  }

  async run(command: string | readonly string[], options?: RunOptions): Promise<CommandResult> {
    options?.signal?.throwIfAborted();
    return runCommand(await this.#attendant(), command, options);
  }

  /** A server may be bound to the lab's network alone: the host's own address is asked when its localhost refuses. */
  async dial(port: number, ownAddress: string): Promise<Duplex> {
    return (await this.#attendant()).dial(this.#name, port, ['127.0.0.1', ownAddress]);
  }

  /** The engine is asked each time: what is sent to a host that is frozen would be done when it thaws. */
  async #attendant(): Promise<Attendant> {
    const { State } = await this.container.inspect();
    if (State.Paused) throw new HostDown(`${this.#name} is paused.`);
    if (!State.Running) throw new HostDown(`${this.#name} is not running.`);
    for (;;) {
      const kept = this.#kept;
      if (kept?.startedAt !== State.StartedAt) return this.#start(State.StartedAt);
      const attendant = await kept.attendant.catch(() => undefined);
      if (attendant && !attendant.gone) return attendant;
      if (this.#kept === kept) return this.#start(State.StartedAt);
    }
  }

  #start(startedAt: string): Promise<Attendant> {
    const attendant = Attendant.start(this.container, this.#name);
    this.#kept = { startedAt, attendant };
    return attendant;
  }
}
