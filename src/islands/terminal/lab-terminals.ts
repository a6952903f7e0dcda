/**
 * The terminals of the lab: tabs, one or two panes, and the bar with what can be done. Which terminals there are, the
 * server says on the live connection; a pane opens its line when it is first shown.
 */
import type { TerminalView } from '#shared/wire.ts';
import { api, troubleText } from '../api.ts';
import { tell } from '../ask.ts';
import { button, element, fill } from '../element.ts';
import { startHost } from '../lab-actions.ts';
import { live, nextLive, onLive } from '../live.ts';
import { TerminalBar } from './bar.ts';
import { Desk } from './desk.ts';
import { meaningOf } from './keys.ts';
import { openMenu, type MenuPlace } from './menu.ts';
import { Pane } from './pane.ts';
import { keepSettings, readSettings, type TerminalSettings } from './settings.ts';
import { TabStrip } from './tab-strip.ts';

/** Milliseconds after which shells that are being opened are not waited for any more. */
const patience = 3_000;

class LabTerminals extends HTMLElement {
  readonly #desk = new Desk();
  readonly #panes = new Map<string, Pane>();
  readonly #place = element('div', { class: 'terminal-panes' });
  readonly #empty = element('div', { class: 'terminal-empty', hidden: '' });
  readonly #tabs = new TabStrip({
    show: (id) => this.#bringUp(id),
    enter: () => this.#activePane()?.focus(),
    close: (id) => void this.#close(id),
  });
  readonly #bar = new TerminalBar(this.#tabs.root, {
    hosts: (place) => this.#chooseHost(place),
    split: () => this.#toggleSplit(),
    search: () => this.#activePane()?.search(),
    settings: () => this.#settings,
    change: (settings) => this.#change(settings),
    closeActive: () => void this.#close(this.#desk.active ?? ''),
  });
  #views: readonly TerminalView[] = [];
  #settings = readSettings();
  /** The lab whose shells have been here, or were waited for long enough. */
  #served: string | undefined;
  /** The terminal with the focus is gone; the one that comes into its place gets it. */
  #focusNext = false;

  connectedCallback(): void {
    this.append(this.#bar.root, this.#place, this.#empty);
    onLive(['hello', 'terminals', 'lab'], () => this.#update(live.current.terminals));
    document.addEventListener('clinic:run', (event) => {
      const { host, command } = (event as CustomEvent<{ host: string; command: string }>).detail;
      void this.#run(host, command);
    });
    document.addEventListener('keydown', (event) => this.#enterByKey(event));
    onLive(['picture'], () => this.#showHosts());
    this.#update(live.current.terminals);
  }

  #update(views: readonly TerminalView[]): void {
    this.#views = views;
    this.#desk.have(views);
    for (const [id, pane] of this.#panes) if (!views.some((view) => view.id === id)) this.#drop(id, pane);
    this.#show();
  }

  #show(): void {
    const { shown, active, split } = this.#desk;
    this.#tabs.update(this.#views, active, shown);
    this.#bar.update({ split, any: this.#views.length > 0, several: this.#views.length > 1 });
    this.#place.toggleAttribute('data-split', split);
    for (const [id, pane] of this.#panes) pane.root.hidden = !shown.includes(id);
    for (const id of shown) this.#open(id);
    // The order on the screen is that of the desk.
    for (const [index, id] of shown.entries()) this.#panes.get(id)?.root.style.setProperty('order', String(index));
    for (const [id, pane] of this.#panes) pane.root.toggleAttribute('data-active', split && id === active);
    this.#showEmpty();
    if (!this.#focusNext || active === undefined) return;
    this.#focusNext = false;
    this.#activePane()?.focus();
  }

  #open(id: string): void {
    const view = this.#views.find((each) => each.id === id);
    if (!view || this.#panes.has(id)) return;
    const pane = new Pane(view, this.#settings, {
      leave: () => this.#tabs.focus(),
      focused: () => this.#bringUp(id),
      startHost: () => void startHost(view.host),
    });
    this.#panes.set(id, pane);
    this.#place.append(pane.root);
    pane.open();
    this.#showHosts();
  }

  #showHosts(): void {
    const down = (live.current.picture?.hosts ?? []).filter(({ state }) => state === 'stopped' || state === 'missing');
    for (const pane of this.#panes.values()) pane.hostIs(down.some(({ host }) => host === pane.view.host));
  }

  #drop(id: string, pane: Pane): void {
    if (pane.root.contains(document.activeElement)) this.#focusNext = true;
    this.#panes.delete(id);
    pane.close();
  }

  #showEmpty(): void {
    const { lab } = live.current;
    if (this.#views.length > 0) this.#served = lab?.id;
    this.#empty.hidden = this.#views.length > 0 || lab?.state !== 'ready';
    if (this.#empty.hidden) return;
    if (this.#served !== lab?.id) return this.#awaitShells(lab?.id);
    fill(this.#empty, this.#hosts(), () => [
      element('p', {}, 'No terminal is open. Open one on'),
      ...this.#hosts().map((host) => button(host, 'small', () => void this.#openOn(host, true))),
    ]);
  }

  /** The shells of a new lab are opened by the server; when they do not come, the learner is offered to open one. */
  #awaitShells(lab: string | undefined): void {
    fill(this.#empty, ['waiting for', lab], () => {
      setTimeout(() => {
        this.#served = lab;
        this.#showEmpty();
      }, patience);
      return [element('p', { role: 'status' }, 'Opening your shells …')];
    });
  }

  #bringUp(id: string): void {
    if (id === this.#desk.active) return;
    this.#desk.show(id);
    this.#show();
  }

  #toggleSplit(): void {
    this.#desk.toggleSplit();
    this.#show();
    this.#activePane()?.focus();
  }

  #change(settings: TerminalSettings): void {
    this.#settings = settings;
    keepSettings(settings);
    for (const pane of this.#panes.values()) pane.apply(settings);
  }

  /** The key that leaves a terminal leads into one, too: from the text, the other tabs or its own tab. */
  #enterByKey(event: KeyboardEvent): void {
    const pane = this.#activePane();
    if (event.defaultPrevented || meaningOf(event) !== 'leave' || !pane) return;
    event.preventDefault();
    document.dispatchEvent(new CustomEvent('clinic:watch'));
    pane.focus();
  }

  #chooseHost(place: MenuPlace): void {
    const items = this.#hosts().map((host) => ({ text: host, choose: () => void this.#openOn(host, true) }));
    openMenu('New terminal on', place, items);
  }

  async #run(host: string, command: string): Promise<void> {
    // Just after the lab was made its shells are still being opened: one of those is meant, not another one.
    if (this.#views.length === 0) await nextLive('terminals', patience);
    const active = this.#views.find(({ id }) => id === this.#desk.active);
    const there = [...(active ? [active] : []), ...this.#views].find((view) => view.host === host && view.alive);
    const id = there?.id ?? (await this.#openOn(host));
    if (id === undefined) return;
    this.#bringUp(id);
    this.#panes.get(id)?.run(command);
  }

  /** A new terminal on the host, brought up; undefined after telling the learner why there is none. */
  async #openOn(host: string, focus = false): Promise<string | undefined> {
    try {
      const view = await api<TerminalView>('POST', '/api/lab/terminals', { body: { host } });
      // The live connection may have been faster or slower than this answer.
      if (!this.#views.some(({ id }) => id === view.id)) this.#update([...this.#views, view]);
      this.#bringUp(view.id);
      if (focus) this.#activePane()?.focus();
      return view.id;
    } catch (trouble) {
      await tell(troubleText(trouble));
      return undefined;
    }
  }

  async #close(id: string): Promise<void> {
    try {
      await api('DELETE', `/api/lab/terminals/${id}`);
      this.#update(this.#views.filter((view) => view.id !== id));
      if (this.#views.length > 0) this.#tabs.focus();
      else this.#empty.querySelector('button')?.focus();
    } catch (trouble) {
      await tell(troubleText(trouble));
    }
  }

  #hosts(): readonly string[] {
    return (live.current.lab?.hosts ?? []).filter((host) => host !== 'outside');
  }

  #activePane(): Pane | undefined {
    return this.#panes.get(this.#desk.active ?? '');
  }
}

customElements.define('lab-terminals', LabTerminals);
