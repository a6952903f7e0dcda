/** What a pane says over its screen: no line, no shell, no such terminal. */
import { button, element, fill } from '../element.ts';
import type { ConnectionState } from './connection.ts';

export interface NoticeActions {
  retry(): void;
  startAgain(): void;
  startHost(): void;
}

/** Whether the terminal's host is up, as far as the page knows. */
export interface HostView {
  readonly name: string;
  readonly down: boolean;
}

export class Notice {
  readonly root = element('div', { class: 'terminal-notice', role: 'status', hidden: '' });
  readonly #actions: NoticeActions;

  constructor(actions: NoticeActions) {
    this.#actions = actions;
  }

  show(state: ConnectionState, ended: number | undefined, host: HostView): void {
    const content = this.#content(state, ended, host);
    this.root.hidden = content.length === 0;
    // Said once: a picture of the lab comes again and again.
    fill(
      this.root,
      content.map((part) => part.textContent),
      () => content,
    );
  }

  #content(state: ConnectionState, ended: number | undefined, host: HostView): readonly Node[] {
    if (state === 'lost')
      return [text('The connection is lost. Trying again; the shell goes on, and keys are not sent until then.')];
    if (state === 'unreachable')
      return [text('The server has not answered for five minutes.'), button('Try again', 'small', this.#actions.retry)];
    if (state === 'gone') return [text('This shell is gone: it was closed, or the server was started again.')];
    if (ended !== undefined && host.down)
      return [
        text(`${host.name} is down, and its shells with it.`),
        button(`Start ${host.name}`, 'primary small', this.#actions.startHost),
      ];
    if (ended !== undefined)
      return [
        text(ended === 0 ? 'The shell has ended.' : `The shell has ended with status ${ended}.`),
        button('Start again', 'primary small', this.#actions.startAgain),
      ];
    return [];
  }
}

const text = (words: string): HTMLElement => element('p', {}, words);
