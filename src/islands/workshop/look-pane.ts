/**
 * A look into somebody else's terminal, in their size: an instructor's into a learner's (read-only until the learner
 * gives leave), or a class's into what the instructor shows. Loaded when asked for, because xterm comes with it.
 */
import type { TerminalToPage } from '#shared/wire.ts';
import { troubleText } from '../api.ts';
import { button, element } from '../element.ts';
import { Connection } from '../terminal/connection.ts';
import { Intake } from '../terminal/intake.ts';
import { themeOf } from '../terminal/theme.ts';
import { makeEmulator } from '../terminal/xterm.ts';

export interface Look {
  /** The WebSocket's path and query. */
  readonly door: string;
  /** Asks for leave to type; undefined where nobody may. */
  readonly askToType?: () => Promise<unknown>;
}

const utf8 = new TextEncoder();
const endLast = new WeakMap<HTMLElement, () => void>();

/** Returns what ends the look. */
export function lookInto(frame: HTMLElement, look: Look): () => void {
  endLast.get(frame)?.();
  const screen = element('div', { class: 'look-screen' });
  const status = element('span', { role: 'status' }, 'Read-only.');
  const { terminal } = makeEmulator({ fontSize: 12, screenReader: false });
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
        terminal.resize(cols, rows);
      },
    },
    (bytes) => connection.tell({ type: 'ack', bytes }),
  );
  function hear(message: TerminalToPage): void {
    if (message.type === 'screen') intake.replace({ ...message, whenShown: () => {} });
    else if (message.type === 'size') terminal.resize(message.cols, message.rows);
    else if (message.type === 'ended') status.textContent = `The shell has ended with status ${message.status}.`;
  }

  const end = () => {
    connection.close();
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
  frame.hidden = false;
  frame.replaceChildren(
    element(
      'div',
      { class: 'row' },
      ...(look.askToType ? [askToType] : []),
      button('Stop looking', 'small', end),
      status,
    ),
    screen,
  );
  terminal.open(screen);
  terminal.options.theme = themeOf(screen);
  // The server throws it away unless the learner has given leave.
  terminal.onData((text) => connection.type(utf8.encode(text)));
  endLast.set(frame, end);
  connection.open();
  return () => {
    if (endLast.get(frame) === end) end();
  };
}
