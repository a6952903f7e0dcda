/** One terminal on the page: its screen, its line to the server, and what the learner can do with both. */
import { tell } from '../ask.ts';
import { copyText } from '../clipboard.ts';
import { element } from '../element.ts';
import { Connection, type ConnectionState } from './connection.ts';
import { Intake } from './intake.ts';
import { leaveKey, meaningOf, written } from './keys.ts';
import { openMenu } from './menu.ts';
import { Notice } from './notice.ts';
import { SearchBar } from './search-bar.ts';
import type { TerminalSettings } from './settings.ts';
import { onThemeChange, themeOf } from './theme.ts';
import { makeEmulator } from './xterm.ts';
import type { TerminalToPage, TerminalView } from '#shared/wire.ts';

export interface PaneEvents {
  /** The learner leaves the terminal by keyboard. */
  leave(): void;
  focused(): void;
  /** The host is down and shall be started. */
  startHost(): void;
}

const utf8 = new TextEncoder();

export class Pane {
  readonly view: TerminalView;
  readonly root: HTMLElement;
  readonly #events: PaneEvents;
  readonly #emulator;
  readonly #connection: Connection;
  readonly #intake: Intake;
  readonly #notice: Notice;
  readonly #searchBar: SearchBar;
  readonly #screen = element('div', { class: 'terminal-screen' });
  readonly #watcher = new ResizeObserver(() => this.#fit());
  readonly #forgetTheme: () => void;
  /** A command that waits for the shell to be there. */
  #waiting: string | undefined;
  #state: ConnectionState = 'connecting';
  #shown = false;
  #ended: number | undefined;
  #hostDown = false;

  constructor(view: TerminalView, settings: TerminalSettings, events: PaneEvents) {
    this.view = view;
    this.#events = events;
    this.#emulator = makeEmulator(settings);
    const { terminal, search } = this.#emulator;
    this.#connection = new Connection(`/terminal?id=${encodeURIComponent(view.id)}`, {
      message: (message) => this.#hear(message),
      output: (bytes) => this.#intake.add(bytes),
      state: (state) => this.#became(state),
    });
    this.#intake = new Intake(
      {
        write: (bytes, parsed) => terminal.write(bytes, parsed),
        reset: ({ cols, rows }) => {
          terminal.reset();
          terminal.resize(cols, rows);
        },
      },
      (bytes) => this.#connection.tell({ type: 'ack', bytes }),
    );
    this.#notice = new Notice({
      retry: this.#connection.retry,
      startAgain: () => this.#startAgain(),
      startHost: () => events.startHost(),
    });
    this.#searchBar = new SearchBar(search, () => this.focus());
    this.root = element(
      'section',
      {
        class: 'terminal-pane',
        role: 'tabpanel',
        id: `terminal-${view.id}`,
        'aria-labelledby': `tab-${view.id}`,
        'data-host': view.host,
      },
      this.#searchBar.root,
      this.#screen,
      this.#notice.root,
    );
    this.#listen();
    this.#forgetTheme = onThemeChange(() => (terminal.options.theme = themeOf(this.#screen)));
  }

  /** To be called once, when the pane is in the page: xterm measures its letters there. */
  open(): void {
    const { terminal } = this.#emulator;
    terminal.options.theme = themeOf(this.#screen);
    terminal.open(this.#screen);
    terminal.textarea?.setAttribute('aria-label', `Terminal on ${this.view.host}. Press ${leaveKey} to leave it.`);
    this.#watcher.observe(this.#screen);
    this.#fit();
    this.#connection.open();
  }

  focus(): void {
    this.#emulator.terminal.focus();
  }

  search(): void {
    this.#searchBar.open(this.#emulator.terminal.getSelection());
  }

  /** Types a command and Enter, as soon as the shell is there, once. */
  run(command: string): void {
    this.#waiting = command;
    this.#typeWaiting();
    this.focus();
  }

  apply(settings: TerminalSettings): void {
    const { terminal } = this.#emulator;
    terminal.options.fontSize = settings.fontSize;
    terminal.options.screenReaderMode = settings.screenReader;
    this.#fit();
  }

  /** Whether the host of this terminal is down: its shell cannot be started again before it is. */
  hostIs(down: boolean): void {
    if (down === this.#hostDown) return;
    this.#hostDown = down;
    this.#showNotice();
  }

  close(): void {
    this.#watcher.disconnect();
    this.#forgetTheme();
    this.#connection.close();
    this.#emulator.terminal.dispose();
    this.root.remove();
  }

  #listen(): void {
    const { terminal } = this.#emulator;
    terminal.onData((text) => this.#typed(utf8.encode(text)));
    terminal.onBinary((text) => this.#typed(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
    terminal.attachCustomKeyEventHandler((event) => this.#key(event));
    this.#screen.addEventListener('contextmenu', (event) => this.#menu(event));
    this.root.addEventListener('focusin', () => this.#events.focused());
  }

  #hear(message: TerminalToPage): void {
    if (message.type === 'screen') {
      this.#ended = undefined;
      const { cols, rows, bytes } = message;
      this.#intake.replace({ cols, rows, bytes, whenShown: () => this.#screenShown() });
    } else if (message.type === 'size') this.#emulator.terminal.resize(message.cols, message.rows);
    else this.#ended = message.status;
    this.#showNotice();
  }

  #screenShown(): void {
    this.#shown = true;
    this.#typeWaiting();
  }

  #became(state: ConnectionState): void {
    this.#state = state;
    if (state !== 'connected') {
      this.#shown = false;
      this.#intake.forget();
    }
    this.root.dataset['state'] = state;
    this.#showNotice();
  }

  #showNotice(): void {
    this.#notice.show(this.#state, this.#ended, { name: this.view.host, down: this.#hostDown });
  }

  #typed(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#ended === undefined) this.#connection.type(bytes);
    else if (bytes[0] === 13) this.#startAgain();
  }

  #startAgain(): void {
    this.#connection.tell({ type: 'start-again' });
    this.focus();
  }

  #typeWaiting(): void {
    const command = this.#waiting;
    if (command === undefined || !this.#shown || this.#ended !== undefined) return;
    this.#waiting = undefined;
    // As a paste: several lines arrive as one entry where the shell knows of pasting, and a tab in them completes nothing.
    this.#emulator.terminal.paste(command.replace(/\n+$/, ''));
    this.#typed(utf8.encode('\r'));
  }

  #key(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    const meaning = meaningOf(event);
    if (meaning === 'shell') return true;
    // Pasting is left to the browser, which needs no permission for it; xterm hears its paste event.
    if (meaning !== 'paste') event.preventDefault();
    if (meaning === 'leave') this.#events.leave();
    else if (meaning === 'copy') this.#copy();
    else if (meaning === 'search') this.search();
    return false;
  }

  #copy(): void {
    const selected = this.#emulator.terminal.getSelection();
    if (selected) void copyText(selected);
  }

  async #paste(): Promise<void> {
    try {
      this.#emulator.terminal.paste(await navigator.clipboard.readText());
    } catch {
      await tell(`The browser keeps its clipboard from this page. Press ${written.paste} in the terminal instead.`);
    }
  }

  #menu(event: MouseEvent): void {
    event.preventDefault();
    const { terminal } = this.#emulator;
    openMenu(`Terminal on ${this.view.host}`, { x: event.clientX, y: event.clientY }, [
      { text: 'Copy', keys: written.copy, disabled: !terminal.hasSelection(), choose: () => this.#copy() },
      { text: 'Paste', keys: written.paste, choose: () => void this.#paste() },
      { text: 'Select all', choose: () => terminal.selectAll() },
      { text: 'Search …', keys: written.search, choose: () => this.search() },
      { text: 'Clear what is above', choose: () => terminal.clear() },
    ]);
  }

  /** The server decides the size: it is that of the pane that was typed in last. */
  #fit(): void {
    const size = this.#emulator.fit.proposeDimensions();
    if (!size || !Number.isFinite(size.cols) || this.#screen.offsetParent === null) return;
    this.#connection.resize({ cols: Math.max(2, size.cols), rows: Math.max(1, size.rows) });
  }
}
