/** Notifications that reached the lab's inbox: a list, the chosen message, and the message as it came over the wire. */
import type { InboxMessage } from '#shared/wire.ts';
import { element } from './element.ts';
import { live, onLive } from './live.ts';
import { clock } from './timeline-list.ts';
import { onShow, whenShown } from './pane-tabs.ts';

const channels: Readonly<Record<InboxMessage['channel'], string>> = {
  email: 'E-mail',
  chat: 'Chat',
  sentinel: 'Sentinel',
};

class InboxList extends HTMLElement {
  #chosen: number | undefined;
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
    const messages = live.current.inbox.toReversed();
    this.toggleAttribute('data-empty', messages.length === 0);
    this.querySelector('ul')?.replaceChildren(...messages.map((message) => this.#item(message)));
    if (messages.length === 0) this.#choose(undefined);
    if (onShow(this)) this.#seen = messages.length;
    this.#showCount(messages.length - this.#seen);
  }

  #item(message: InboxMessage): HTMLElement {
    const open = element(
      'button',
      { type: 'button', 'aria-pressed': String(message.id === this.#chosen), 'data-channel': message.channel },
      element('span', { class: 'message-channel' }, channels[message.channel]),
      element('span', { class: 'message-subject' }, message.subject),
      element('time', { datetime: message.at }, clock(message.at)),
    );
    open.addEventListener('click', () => {
      this.#choose(message);
      for (const other of this.querySelectorAll('ul button'))
        other.setAttribute('aria-pressed', String(other === open));
    });
    return element('li', {}, open);
  }

  #choose(message: InboxMessage | undefined): void {
    this.#chosen = message?.id;
    this.querySelector('[data-message]')?.replaceChildren(...(message ? letter(message) : []));
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
