/**
 * A look into somebody else's terminal, in their size: an instructor's into a learner's (read-only until the learner
 * gives leave), or a class's into what the instructor shows. Loaded when asked for, because xterm comes with it.
 */
import type { TerminalToPage } from '#shared/wire.ts';
import { troubleText } from '../api.ts';
import { button, element } from '../element.ts';
import { Connection } from '../terminal/connection.ts';
import { Intake } from '../terminal/intake.ts';
import { leaveKey, meaningOf } from '../terminal/keys.ts';
import { onThemeChange, themeOf } from '../terminal/theme.ts';
import { makeEmulator } from '../terminal/xterm.ts';

export interface Look {
  /** The WebSocket's path and query. */
  readonly door: string;
  /** Asks for leave to type; undefined where nobody may. */
  readonly askToType?: () => Promise<unknown>;
  /** Whether the page goes to it when it is there. */
  readonly comeIntoSight?: boolean;
}

export interface OpenLook {
  /** Shows how things stand beside the buttons. */
  say(text: string): void;
  end(): void;
}

/** Pixels. A wide terminal is shown in smaller letters, as long as they can be read; then it scrolls. */
const letters = { usual: 12, smallest: 8 } as const;
const utf8 = new TextEncoder();
const endLast = new WeakMap<HTMLElement, () => void>();

export function lookInto(frame: HTMLElement, look: Look): OpenLook {
  endLast.get(frame)?.();
  const screen = element('div', { class: 'look-screen' });
  const status = element('span', { role: 'status' }, look.askToType ? 'Read-only.' : '');
  const { terminal } = makeEmulator({ fontSize: letters.usual, screenReader: false });
  const connection = new Connection(look.door, {
    message: (message) => hear(message),
    output: (bytes) => intake.add(bytes),
    state: (state) => {
      if (state === 'gone') status.textContent = 'This terminal is closed.';
      else if (state !== 'connected') intake.forget();
    },
  });
  const intake = new Intake(
    {
      write: (bytes, parsed) => terminal.write(bytes, parsed),
      reset: ({ cols, rows }) => {
        terminal.reset();
        take(cols, rows);
      },
    },
    (bytes) => connection.tell({ type: 'ack', bytes }),
  );
  /** The other side's size; their lines stay whole where the frame has the room. */
  function take(cols: number, rows: number): void {
    terminal.resize(cols, rows);
    const { fontSize = letters.usual } = terminal.options;
    const width = screen.querySelector('.xterm-screen')?.clientWidth ?? 0;
    if (width === 0) return;
    const fitting = Math.floor((fontSize * frame.clientWidth) / width);
    terminal.options.fontSize = Math.min(letters.usual, Math.max(letters.smallest, fitting));
  }
  let shown = false;
  function whenShown(): void {
    if (look.comeIntoSight && !shown) frame.scrollIntoView({ block: 'nearest' });
    shown = true;
  }
  function hear(message: TerminalToPage): void {
    if (message.type === 'screen') intake.replace({ ...message, whenShown });
    else if (message.type === 'size') take(message.cols, message.rows);
    else if (message.type === 'ended') status.textContent = `The shell has ended with status ${message.status}.`;
  }

  const end = () => {
    connection.close();
    unwatchTheme();
    terminal.dispose();
    frame.replaceChildren();
    frame.hidden = true;
    endLast.delete(frame);
  };
  const askToType = button('Ask to type', 'small', () => {
    look.askToType?.().then(
      () => (status.textContent = 'Asked. What you type arrives when the learner has allowed it.'),
      (trouble: unknown) => (status.textContent = troubleText(trouble)),
    );
  });
  const stop = button('Stop looking', 'small', end);
  frame.hidden = false;
  frame.replaceChildren(element('div', { class: 'row' }, ...(look.askToType ? [askToType] : []), stop, status), screen);
  terminal.open(screen);
  const recolour = () => (terminal.options.theme = themeOf(screen));
  recolour();
  const unwatchTheme = onThemeChange(recolour);
  terminal.textarea?.setAttribute('aria-label', `The terminal that is looked into. Press ${leaveKey} to leave it.`);
  terminal.attachCustomKeyEventHandler((event) => {
    // Where nobody may type, every key is the page's.
    if (!look.askToType) return false;
    if (meaningOf(event) !== 'leave') return true;
    event.preventDefault();
    if (event.type === 'keydown') stop.focus();
    return false;
  });
  // The server throws it away unless the learner has given leave.
  terminal.onData((text) => connection.type(utf8.encode(text)));
  endLast.set(frame, end);
  connection.open();
  return {
    say: (text) => (status.textContent = text),
    end() {
      if (endLast.get(frame) === end) end();
    },
  };
}
