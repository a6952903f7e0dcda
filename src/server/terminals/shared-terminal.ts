/**
 * One shell on a host and everybody who looks at it. The shell outlives its viewers: a page that comes again gets the
 * screen as it stands. Its size is that of the pane that was typed in last.
 */
import type { Terminal, TerminalSize } from '#sandbox/driver.ts';
import type { TerminalToServer, TerminalView } from '#shared/wire.ts';
import { Batch } from './batch.ts';
import { Drain } from './drain.ts';
import { limits } from './limits.ts';
import { mustPause, tooSlow } from './pace.ts';
import { Screen } from './screen.ts';
import type { Viewer } from './viewer.ts';

export interface SharedTerminalEvents {
  commandEnded(status: number): void;
  /** It ended, was started again, or somebody came or went. */
  changed(): void;
  failed(what: string, error: unknown): void;
}

const interrupt = 3;

export class SharedTerminal {
  readonly id: string;
  readonly host: string;
  readonly #title: string;
  readonly #openShell: (size: TerminalSize) => Promise<Terminal>;
  readonly #events: SharedTerminalEvents;
  readonly #screen: Screen;
  readonly #batch = new Batch((bytes) => this.#output(bytes));
  readonly #viewers = new Set<Viewer>();
  #shell: Terminal | undefined;
  #status: number | undefined;
  #owner: Viewer | undefined;
  #paused = false;
  #starting = false;
  #closed = false;
  /** What was typed while the shell was being started: it is the shell's as soon as there is one. */
  #early: Uint8Array[] = [];
  #drain: Drain | undefined;

  constructor(
    is: { id: string; host: string; title: string; size: TerminalSize },
    openShell: (size: TerminalSize) => Promise<Terminal>,
    events: SharedTerminalEvents,
  ) {
    this.id = is.id;
    this.host = is.host;
    this.#title = is.title;
    this.#openShell = openShell;
    this.#events = events;
    this.#screen = new Screen(is.size, {
      commandEnded: (status) => events.commandEnded(status),
      answer: (text) => this.#shell?.write(Buffer.from(text)),
    });
  }

  get view(): TerminalView {
    return { id: this.id, host: this.host, title: this.#title, alive: this.alive };
  }

  get alive(): boolean {
    return this.#shell !== undefined;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Opens the shell, the first or, after it has ended, a new one under what is on the screen. */
  async start(): Promise<void> {
    if (this.#shell || this.#starting) return;
    this.#starting = true;
    try {
      const shell = await this.#openShell(this.#screen.size);
      if (this.#closed) return await shell.close();
      this.#shell = shell;
      this.#status = undefined;
      shell.output.on('data', (bytes: Uint8Array) => this.#batch.add(bytes));
      void shell.ended.then((status) => this.#ended(shell, status));
      for (const bytes of this.#early) shell.write(bytes);
    } finally {
      this.#starting = false;
      this.#early = [];
    }
    for (const viewer of this.#viewers) this.#showTo(viewer);
    this.#events.changed();
  }

  join(viewer: Viewer): void {
    this.#viewers.add(viewer);
    if (viewer.works) this.#owner ??= viewer;
    this.#showTo(viewer);
    this.#events.changed();
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    if (viewer === this.#owner) this.#own([...this.#viewers].find((other) => other.works));
    this.#control();
    this.#events.changed();
  }

  /** Raw bytes that a viewer typed. */
  input(viewer: Viewer, bytes: Uint8Array): void {
    if (viewer.works && viewer !== this.#owner) this.#own(viewer);
    this.type(bytes);
  }

  type(bytes: Uint8Array): void {
    if (this.#starting && this.#early.length < limits.early) this.#early.push(bytes);
    if (!this.#shell) return;
    this.#batch.hurry();
    this.#shell.write(bytes);
    if (bytes.length <= 16 && bytes.includes(interrupt)) this.#skipBacklog();
  }

  async hear(viewer: Viewer, message: TerminalToServer): Promise<void> {
    if (message.type === 'ack') {
      viewer.acknowledge(message.bytes);
      if (viewer.caughtUp && !this.#drain) this.#showTo(viewer);
      this.#control();
    } else if (!viewer.works) return;
    else if (message.type === 'start-again') await this.start();
    else {
      viewer.wants = { cols: message.cols, rows: message.rows };
      if (viewer === this.#owner) this.#resize(viewer.wants);
    }
  }

  /** Ends the shell with its children and lets every viewer go; a shell that is being started is ended when it comes. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const viewer of this.#viewers) viewer.close();
    this.#viewers.clear();
    this.#drain?.cancel();
    await this.#shell?.close();
    this.#screen.dispose();
  }

  #ended(shell: Terminal, status: number): void {
    if (shell !== this.#shell) return;
    this.#batch.flush();
    this.#shell = undefined;
    this.#status = status;
    this.#paused = false;
    for (const viewer of this.#viewers) viewer.tell({ type: 'ended', status });
    this.#events.changed();
  }

  #output(bytes: Buffer): void {
    if (this.#closed) return;
    if (this.#drain) return this.#drain.add(bytes);
    this.#parse(bytes);
    for (const viewer of this.#viewers) viewer.take(bytes);
    for (const viewer of tooSlow(this.#viewers)) viewer.fallBehind();
    this.#control();
  }

  #parse(bytes: Uint8Array): void {
    this.#screen.write(bytes, () => this.#control());
  }

  #control(): void {
    const pause = mustPause(this.#paused, this.#screen.backlog, this.#viewers);
    if (pause === this.#paused || !this.#shell) return;
    this.#paused = pause;
    if (pause) this.#shell.output.pause();
    else this.#shell.output.resume();
  }

  /**
   * Ctrl-C while pages are behind: what is still on its way is stale. It goes to the server's screen only, and then
   * everybody is shown that, so the prompt is seen at once however slow the page is.
   */
  #skipBacklog(): void {
    const lagging = [...this.#viewers].some((viewer) => viewer.unread > limits.low);
    if (this.#drain || !(this.#paused || lagging)) return;
    for (const viewer of this.#viewers) viewer.fallBehind();
    this.#drain = new Drain({
      parse: (bytes) => {
        this.#parse(bytes);
        this.#control();
      },
      busy: () => this.#paused || this.#screen.backlog > 0,
      done: () => this.#drained(),
    });
    this.#control();
  }

  #drained(): void {
    this.#drain = undefined;
    for (const viewer of this.#viewers) this.#showTo(viewer);
  }

  #showTo(viewer: Viewer): void {
    const turn = viewer.hold();
    this.#screen.snapshot((screen) => {
      viewer.show(turn, screen, this.#screen.size, viewer === this.#owner);
      if (this.#status !== undefined) viewer.tell({ type: 'ended', status: this.#status });
    });
  }

  #own(viewer: Viewer | undefined): void {
    this.#owner = viewer;
    if (viewer?.wants) this.#resize(viewer.wants);
  }

  #resize(size: TerminalSize): void {
    const now = this.#screen.size;
    if (size.cols === now.cols && size.rows === now.rows) return;
    this.#screen.resize(size);
    this.#shell?.resize(size).catch((error: unknown) => this.#events.failed('resize', error));
    for (const viewer of this.#viewers) viewer.tell({ type: 'size', ...size });
  }
}
