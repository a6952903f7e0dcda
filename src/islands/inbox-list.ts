/** Notifications that reached the lab's inbox: a list, the chosen message, and the message as it came over the wire. */
import type { InboxMessage } from '#shared/wire.ts';
import { clock } from './clock.ts';
import { element, fill } from './element.ts';
import { live, onLive } from './live.ts';
import { onShow, whenShown } from './pane-tabs.ts';

const channels: Readonly<Record<InboxMessage['channel'], string>> = {
  email: 'E-mail',
  chat: 'Chat',
  sentinel: 'Sentinel',
};

class InboxList extends HTMLElement {
  readonly #list = this.querySelector('ul');
  /** The lines of the list by the messages' ids, oldest first. */
  readonly #lines = new Map<number, HTMLElement>();
  #seen = 0;

  connectedCallback(): void {
    onLive(['lab', 'inbox'], () => this.#show());
    // What had come before the page was opened is no news.
    onLive(['hello'], () => {
      this.#seen = live.current.inbox.length;
      this.#show();
    });
    whenShown(this, () => this.#show());
    this.#show();
  }

  #show(): void {
    const messages = live.current.inbox;
    this.toggleAttribute('data-empty', messages.length === 0);
    this.#showLines(messages);
    if (messages.length === 0) this.#choose(undefined);
    // A new lab begins with an empty inbox: what was seen of the last one's does not count for it.
    this.#seen = onShow(this) ? messages.length : Math.min(this.#seen, messages.length);
    this.#showCount(messages.length - this.#seen);
  }

  /** The newest first. Lines that stay are left alone: one of them may have the focus. */
  #showLines(messages: readonly InboxMessage[]): void {
    for (const [id, line] of this.#lines) {
      if (messages.some((message) => message.id === id)) continue;
      line.remove();
      this.#lines.delete(id);
    }
    for (const message of messages) {
      if (this.#lines.has(message.id)) continue;
      const line = this.#item(message);
      this.#lines.set(message.id, line);
      this.#list?.prepend(line);
    }
  }

  #item(message: InboxMessage): HTMLElement {
    const open = element(
      'button',
      { type: 'button', 'aria-pressed': 'false' },
      element('span', { class: 'message-channel' }, channels[message.channel]),
      element('span', { class: 'message-subject' }, message.subject),
      element('time', { datetime: message.at }, clock(message.at)),
    );
    open.addEventListener('click', () => {
      this.#choose(message);
      for (const other of this.#list?.querySelectorAll('button') ?? [])
        other.setAttribute('aria-pressed', String(other === open));
    });
    return element('li', {}, open);
  }

  #choose(message: InboxMessage | undefined): void {
    fill(this.querySelector('[data-message]'), message?.id, () => (message ? letter(message) : []));
  }

  /** How many came while the learner looked elsewhere, on the tab. */
  #showCount(count: number): void {
    const badge = document.querySelector<HTMLElement>('[data-inbox-count]');
    if (!badge) return;
    badge.hidden = count <= 0;
    badge.textContent = String(count);
  }
}

function letter({ from, to, subject, at, text, raw }: InboxMessage): readonly Node[] {
  const lines: readonly (readonly [string, string])[] = [
    ['From', from],
    ['To', to],
    ['Time', new Date(at).toLocaleString()],
  ];
  return [
    element('h3', {}, subject),
    element('dl', {}, ...lines.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])),
    element('p', { class: 'message-text' }, text),
    element('details', {}, element('summary', {}, 'As it came over the wire'), element('pre', { tabindex: '0' }, raw)),
  ];
}

customElements.define('inbox-list', InboxList);
