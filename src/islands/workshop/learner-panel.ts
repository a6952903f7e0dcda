/** One learner of the board: why they need help, what can be done, and a look into their terminals. */
import type { RowView } from '#shared/board.ts';
import type { TerminalView } from '#shared/wire.ts';
import { api, troubleText } from '../api.ts';
import { ask } from '../ask.ts';
import { button, element } from '../element.ts';

interface Details {
  readonly name: string;
  readonly terminals: readonly TerminalView[];
  readonly log: readonly { readonly at: string; readonly kind: string; readonly text: string; readonly by: string }[];
}

export async function learnerPanel(workshop: string, row: RowView, onClose: () => void): Promise<HTMLElement> {
  const path = `/api/workshops/${workshop}/learners/${row.learner}`;
  const details = await api<Details>('GET', path);
  const status = element('p', { role: 'status' });
  const act = (what: string, body: unknown, done: string) =>
    api('POST', `${path}/${what}`, { body }).then(
      () => {
        status.textContent = done;
      },
      (trouble: unknown) => {
        status.textContent = troubleText(trouble);
      },
    );
  const lesson = row.step?.split('/')[0];
  const failing = row.cells.find((cell) => cell.step === row.step && cell.criterion);

  const words = element('textarea', { id: 'say-one', rows: '2', maxlength: '2000' });
  const command = element('input', {
    id: 'say-one-command',
    maxlength: '2000',
    placeholder: 'A command to go with it (optional)',
  });
  const say = element(
    'form',
    { class: 'stack' },
    element('label', { for: 'say-one' }, row.help ? 'Answer the call for help' : `Say to ${row.name}`),
    words,
    element('label', { class: 'unseen', for: 'say-one-command' }, 'Command'),
    command,
    element('button', { class: 'button small primary' }, row.help ? 'Answer' : 'Say'),
  );
  say.addEventListener('submit', (event) => {
    event.preventDefault();
    const body = {
      text: words.value,
      ...(row.step ? { step: row.step } : {}),
      ...(command.value ? { command: command.value } : {}),
    };
    void act(row.help ? 'answer' : 'say', body, 'Said.').then(() => say.reset());
  });

  const reset = button('Reset the lab', 'small danger', () => {
    void ask({
      title: `Reset ${row.name}’s lab?`,
      text: 'All work in the lab is lost; it is made anew at the start of the lesson. Progress stays.',
      action: 'Reset',
    }).then((yes) => {
      if (yes) void act('reset', {}, 'The lab is fresh.');
    });
  });
  const tools = [
    button('15 minutes more', 'small', () => void act('time', { minutes: 15 }, 'The lab has 15 minutes more.')),
    reset,
    ...(lesson
      ? [button(`Bring to the start of ${lesson}`, 'small', () => void act('bring', { lesson }, 'Brought.'))]
      : []),
    ...(row.step
      ? [button('Unlock the solution', 'small', () => void act('unlock', { step: row.step }, 'Unlocked.'))]
      : []),
  ];

  const screen = element('div', { class: 'look', hidden: '' });
  const looks = details.terminals.map((terminal) =>
    button(`Look: ${terminal.host}`, 'small', () => {
      screen.hidden = false;
      void import('./look-pane.ts').then(({ lookInto }) =>
        lookInto(screen, {
          door: `/look?${new URLSearchParams({ workshop, learner: row.learner, terminal: terminal.id })}`,
          askToType: () => api('POST', `${path}/ask-to-type`),
        }),
      );
    }),
  );
  const log = details.log
    .toReversed()
    .slice(0, 30)
    .map((one) => element('li', {}, `${new Date(one.at).toLocaleTimeString()} ${one.kind}: ${one.text} (${one.by})`));

  return element(
    'div',
    { class: 'card stack', tabindex: '-1' },
    element('div', { class: 'row' }, element('h2', {}, row.name), button('Close', 'small quiet', onClose)),
    ...(row.help ? [element('p', { class: 'help-text' }, `Asked for help: ${row.help.text || '(no words)'}`)] : []),
    ...(failing ? [element('p', {}, `${failing.step} – ${failing.criterion}: ${failing.finding}`)] : []),
    element('div', { class: 'row' }, ...tools),
    say,
    status,
    element(
      'div',
      { class: 'row' },
      ...(looks.length ? looks : [element('span', { class: 'soft' }, 'No terminal is open in this lab.')]),
    ),
    screen,
    element(
      'details',
      {},
      element('summary', {}, 'Log'),
      log.length ? element('ol', {}, ...log) : element('p', { class: 'soft' }, 'Nothing yet.'),
    ),
  );
}
