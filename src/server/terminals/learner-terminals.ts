/** The terminals of one learner in one lab. They are closed when nobody has looked at any of them for the grace time. */
import { randomUUID } from 'node:crypto';
import type { Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { TerminalView } from '#shared/wire.ts';
import { HttpProblem } from '../http/route.ts';
import { SharedTerminal, type SharedTerminalEvents } from './shared-terminal.ts';

export interface LearnerTerminalsOptions {
  /** The most a learner may have open. */
  readonly perLearner: number;
  /** Milliseconds that shells live which nobody looks at. */
  readonly grace: number;
  commandEnded(host: string, status: number): void;
  changed(): void;
  failed: SharedTerminalEvents['failed'];
}

const size = { cols: 100, rows: 28 };

/** Ends shells that an earlier process of this server opened: their streams went with it, and nobody can reach them. */
const endOrphans = `for shell in $(pgrep -u learner -fx 'bash --login'); do pkill -HUP -s "$shell"; done`;

export class LearnerTerminals {
  readonly lab: Lab;
  readonly #options: LearnerTerminalsOptions;
  readonly #terminals = new Map<string, SharedTerminal>();
  #grace: NodeJS.Timeout | undefined;
  #warming: Promise<void> | undefined;
  #closed = false;
  readonly #swept = new Map<HostName, Promise<unknown>>();
  /** Titles of those that are being opened, with their hosts. */
  readonly #opening = new Map<string, HostName>();

  constructor(lab: Lab, options: LearnerTerminalsOptions) {
    this.lab = lab;
    this.#options = options;
  }

  get hosts(): readonly HostName[] {
    return this.lab.topology.hosts.filter((host) => host.terminals).map((host) => host.name);
  }

  get all(): readonly SharedTerminal[] {
    return [...this.#terminals.values()];
  }

  /** In the order of the lab's hosts. */
  list(): readonly TerminalView[] {
    return this.hosts.flatMap((host) => this.all.map(({ view }) => view).filter((view) => view.host === host));
  }

  find(id: string): SharedTerminal | undefined {
    return this.#terminals.get(id);
  }

  on(host: string): SharedTerminal | undefined {
    return this.all.find((terminal) => terminal.host === host && terminal.alive);
  }

  async open(name: string): Promise<SharedTerminal> {
    const { perLearner } = this.#options;
    const host = this.hosts.find((each) => each === name);
    if (!host) throw new HttpProblem(404, `'${name}' is no host of this lab; it has ${this.hosts.join(', ')}.`);
    if (this.#terminals.size + this.#opening.size >= perLearner)
      throw new HttpProblem(
        409,
        `You have ${perLearner} terminals open, the most there may be. Close one, then open this one again.`,
      );
    const terminal = await this.#start(host);
    this.#add([terminal]);
    return terminal;
  }

  /** What is being opened ahead; who wants a host's terminal waits for it. */
  get warming(): Promise<void> | undefined {
    return this.#warming;
  }

  /** Opens a shell on each host that has none and shows them together. Asked again meanwhile, it is the same ones. */
  warm(): Promise<void> {
    this.#warming ??= this.#openBare().finally(() => (this.#warming = undefined));
    return this.#warming;
  }

  async #openBare(): Promise<void> {
    const opening = new Set(this.#opening.values());
    const bare = this.hosts.filter((host) => !this.on(host) && !opening.has(host));
    const opened = await Promise.allSettled(bare.map((host) => this.#start(host)));
    for (const each of opened) if (each.status === 'rejected') this.#options.failed('warm', each.reason);
    this.#add(opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));
  }

  async #start(host: HostName): Promise<SharedTerminal> {
    const title = this.#title(host);
    const terminal = new SharedTerminal(
      { id: randomUUID(), host, title, size },
      async (wanted) => {
        await this.#sweep(host);
        return this.lab.openTerminal(host, wanted);
      },
      {
        failed: this.#options.failed,
        commandEnded: (status) => this.#options.commandEnded(host, status),
        changed: () => this.#changed(),
      },
    );
    this.#opening.set(title, host);
    try {
      await terminal.start();
    } catch (error) {
      this.#opening.delete(title);
      throw error;
    }
    return terminal;
  }

  #add(terminals: readonly SharedTerminal[]): void {
    for (const terminal of terminals) {
      this.#opening.delete(terminal.view.title);
      this.#terminals.set(terminal.id, terminal);
    }
    // The lab has ended while they were opened.
    if (this.#closed) void this.closeAll();
    this.#changed();
  }

  async close(id: string): Promise<void> {
    const terminal = this.#terminals.get(id);
    this.#terminals.delete(id);
    await terminal?.close();
    this.#changed();
  }

  /** For good: what is still being opened is closed when it comes. */
  async end(): Promise<void> {
    this.#closed = true;
    await this.closeAll();
  }

  async closeAll(): Promise<void> {
    clearTimeout(this.#grace);
    await Promise.allSettled([...this.#terminals.keys()].map((id) => this.close(id)));
  }

  /** Once for each host, before its first shell; tried again when the host was down. */
  #sweep(host: HostName): Promise<unknown> {
    const known = this.#swept.get(host);
    if (known) return known;
    const sweep = this.lab.run(host, endOrphans).catch((error: unknown) => {
      this.#swept.delete(host);
      throw error;
    });
    this.#swept.set(host, sweep);
    return sweep;
  }

  #title(host: string): string {
    const titles = new Set([...this.all.map((terminal) => terminal.view.title), ...this.#opening.keys()]);
    if (!titles.has(host)) return host;
    for (let number = 2; ; number += 1) if (!titles.has(`${host} (${number})`)) return `${host} (${number})`;
  }

  #changed(): void {
    clearTimeout(this.#grace);
    const watched = this.all.some((terminal) => terminal.viewers > 0);
    if (!watched && this.#terminals.size > 0)
      this.#grace = setTimeout(() => void this.closeAll(), this.#options.grace).unref();
    this.#options.changed();
  }
}
