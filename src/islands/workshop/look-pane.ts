/**
 * An instructor's look into a learner's terminal: in the learner's size, read-only until the learner gives leave.
 * Loaded when the first look is asked for, because xterm comes with it.
 */
import type { TerminalToPage } from '#shared/wire.ts';
import { api, troubleText } from '../api.ts';
import { button, element } from '../element.ts';
import { Connection } from '../terminal/connection.ts';
import { Intake } from '../terminal/intake.ts';
import { themeOf } from '../terminal/theme.ts';
import { makeEmulator } from '../terminal/xterm.ts';

export interface Look {
  readonly workshop: string;
  readonly learner: string;
  readonly terminal: string;
  /** The learner's path in the API. */
  readonly path: string;
}

const utf8 = new TextEncoder();
const endLast = new WeakMap<HTMLElement, () => void>();

export function lookInto(frame: HTMLElement, look: Look): void {
  endLast.get(frame)?.();
  const screen = element('div', { class: 'look-screen' });
  const status = element('span', { role: 'status' }, 'Read-only.');
  const { terminal } = makeEmulator({ fontSize: 12, screenReader: false });
  const query = new URLSearchParams({ workshop: look.workshop, learner: look.learner, terminal: look.terminal });
  const connection = new Connection(`/look?${query}`, {
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
    api('POST', `${look.path}/ask-to-type`).then(
      () => (status.textContent = 'Asked. What you type arrives when the learner has allowed it.'),
      (trouble: unknown) => (status.textContent = troubleText(trouble)),
    );
  });
  frame.hidden = false;
  frame.replaceChildren(
    element('div', { class: 'row' }, askToType, button('Stop looking', 'small', end), status),
    screen,
  );
  terminal.open(screen);
  terminal.options.theme = themeOf(screen);
  // The server throws it away unless the learner has given leave.
  terminal.onData((text) => connection.type(utf8.encode(text)));
  endLast.set(frame, end);
  connection.open();
}
