/** What happened in the lab, newest first. */
import type { TimelineEvent } from '#shared/wire.ts';
import { clock } from './clock.ts';
import { element } from './element.ts';
import { live, onLive } from './live.ts';

/** Older ones stay on record, but not on the page. */
const shownAtMost = 200;

class TimelineList extends HTMLElement {
  connectedCallback(): void {
    onLive(['hello', 'lab'], () => this.#showAll());
    onLive(['timeline'], ({ event }) => this.#add(event));
    this.#showAll();
  }

  #showAll(): void {
    const events = live.current.timeline.slice(-shownAtMost).toReversed();
    this.#list()?.replaceChildren(...events.map(item));
    this.#showEmpty();
  }

  #add(event: TimelineEvent): void {
    const list = this.#list();
    list?.prepend(item(event));
    if (list && list.childElementCount > shownAtMost) list.lastElementChild?.remove();
    this.#showEmpty();
  }

  #showEmpty(): void {
    this.toggleAttribute('data-empty', !this.#list()?.childElementCount);
  }

  #list(): HTMLElement | null {
    return this.querySelector('ol');
  }
}

function item({ at, kind, host, text, data }: TimelineEvent): HTMLElement {
  return element(
    'li',
    { 'data-kind': kind === 'link-changed' && data['up'] === false ? 'link-down' : kind },
    element('time', { datetime: at }, clock(at)),
    element('span', { class: 'event-host' }, host ?? ''),
    element('span', { class: 'event-text' }, text),
  );
}

customElements.define('timeline-list', TimelineList);
