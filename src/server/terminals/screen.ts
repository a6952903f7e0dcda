/**
 * The server's own copy of a terminal's screen. A page that comes gets it as it stands; it hears shell integration
 * (OSC 133) tell that a command has ended; and it alone answers a program's queries, so that two pages that look at one
 * shell do not answer twice and a replayed query is not answered again.
 */
import { SerializeAddon } from '@xterm/addon-serialize';
import xterm from '@xterm/headless';
import type { TerminalSize } from '#sandbox/driver.ts';
import { UnicodeGraphemesAddon } from './graphemes.ts';
import { limits } from './limits.ts';

export interface ScreenEvents {
  /** The shell says that a command has ended, with its exit status. */
  commandEnded(status: number): void;
  /** What the terminal answers to a query of the program (where is the cursor, what are you). */
  answer(text: string): void;
}

export class Screen {
  readonly #terminal: xterm.Terminal;
  readonly #serializer = new SerializeAddon();
  #backlog = 0;

  constructor(size: TerminalSize, events: ScreenEvents) {
    this.#terminal = new xterm.Terminal({ ...size, scrollback: limits.scrollback, allowProposedApi: true });
    this.#terminal.loadAddon(this.#serializer);
    // As the pages have it: with other widths of letters a screen would come back shifted.
    this.#terminal.loadAddon(new UnicodeGraphemesAddon());
    this.#terminal.onData((text) => events.answer(text));
    this.#terminal.parser.registerOscHandler(133, (data) => {
      const status = /^D(?:;(\d+))?/.exec(data);
      if (status) events.commandEnded(Number(status[1] ?? 0));
      return true;
    });
  }

  /** Bytes written and not parsed yet. */
  get backlog(): number {
    return this.#backlog;
  }

  get size(): TerminalSize {
    return { cols: this.#terminal.cols, rows: this.#terminal.rows };
  }

  write(bytes: Uint8Array, parsed: () => void): void {
    this.#backlog += bytes.length;
    this.#terminal.write(bytes, () => {
      this.#backlog -= bytes.length;
      parsed();
    });
  }

  /** Hands out screen and scrollback as escape sequences, after all that was written before and before all that follows. */
  snapshot(taken: (screen: Uint8Array) => void): void {
    this.#terminal.write('', () => taken(Buffer.from(this.#serializer.serialize())));
  }

  resize(size: TerminalSize): void {
    this.#terminal.resize(size.cols, size.rows);
  }

  /** Once all that was written before is parsed: xterm reads its buffer for it, which is gone afterwards. */
  dispose(): void {
    this.#terminal.write('', () => this.#terminal.dispose());
  }
}
