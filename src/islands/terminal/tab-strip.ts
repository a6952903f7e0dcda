/** The tabs of the terminals: arrows, Home and End move, Enter goes into the terminal, Delete closes it. */
import type { TerminalView } from '#shared/wire.ts';
import { element } from '../element.ts';

export interface TabStripEvents {
  show(id: string): void;
  /** Into the terminal of the shown tab. */
  enter(): void;
  close(id: string): void;
}

export class TabStrip {
  readonly root = element('div', { role: 'tablist', 'aria-label': 'Terminals', class: 'terminal-tabs' });
  readonly #events: TabStripEvents;

  constructor(events: TabStripEvents) {
    this.#events = events;
    this.root.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Tabs that stay keep their element, and so the focus. */
  update(views: readonly TerminalView[], active: string | undefined, visible: readonly string[]): void {
    const old = new Map(this.#tabs().map((tab) => [tab.dataset['id'], tab]));
    const tabs = views.map((view) => old.get(view.id) ?? this.#make(view));
    for (const [index, tab] of tabs.entries()) {
      const view = views[index];
      if (!view) continue;
      const selected = view.id === active;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      tab.toggleAttribute('data-visible', visible.includes(view.id));
      tab.toggleAttribute('data-ended', !view.alive);
      tab.title = view.alive ? '' : 'The shell has ended';
    }
    if (tabs.length !== this.root.childElementCount || tabs.some((tab, index) => this.root.children[index] !== tab))
      this.root.replaceChildren(...tabs);
  }

  focus(): void {
    this.#tabs()
      .find((tab) => tab.tabIndex === 0)
      ?.focus();
  }

  #make(view: TerminalView): HTMLButtonElement {
    const tab = element(
      'button',
      { type: 'button', role: 'tab', id: `tab-${view.id}`, 'data-id': view.id, 'data-host': view.host },
      view.title,
    );
    tab.addEventListener('click', () => {
      this.#events.show(view.id);
      this.#events.enter();
    });
    return tab;
  }

  #key(event: KeyboardEvent): void {
    const tabs = this.#tabs();
    const at = tabs.findIndex((tab) => tab === event.target);
    const id = tabs[at]?.dataset['id'];
    if (id === undefined) return;
    if (event.key === 'Delete') return this.#events.close(id);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    this.#events.show(tab.dataset['id'] ?? '');
    tab.focus();
  }

  #tabs(): HTMLButtonElement[] {
    return [...this.root.querySelectorAll<HTMLButtonElement>('[role=tab]')];
  }
}
