/** Tabs of the lab pane, by the usual keys. A shown panel gets `clinic:shown`, so that it loads what it needs only then. */
class PaneTabs extends HTMLElement {
  connectedCallback(): void {
    for (const tab of this.#tabs()) tab.addEventListener('click', () => this.show(tab));
    this.addEventListener('keydown', (event) => this.#key(event));
    // A command that was handed to a terminal is to be seen, and so is a solution that runs there.
    for (const event of ['clinic:run', 'clinic:watch'])
      document.addEventListener(event, () => this.show(this.#tabs()[0]));
  }

  show(chosen: HTMLElement | undefined): void {
    if (!chosen) return;
    for (const tab of this.#tabs()) {
      const selected = tab === chosen;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = !selected;
      if (selected) panel?.dispatchEvent(new CustomEvent('clinic:shown'));
    }
  }

  #key(event: KeyboardEvent): void {
    const tabs = this.#tabs();
    const at = tabs.findIndex((tab) => tab === event.target);
    if (at < 0) return;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    this.show(tab);
    tab?.focus();
  }

  #tabs(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role=tab]')];
  }
}

customElements.define('pane-tabs', PaneTabs);

/** Whether the panel that holds this element is on show. */
export function onShow(part: HTMLElement): boolean {
  return part.closest<HTMLElement>('[role=tabpanel]')?.hidden === false;
}

/** Calls back whenever the panel that holds this element is shown. */
export function whenShown(part: HTMLElement, handle: () => void): void {
  part.closest('[role=tabpanel]')?.addEventListener('clinic:shown', handle);
}
