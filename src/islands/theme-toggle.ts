/** Switches the theme and remembers it; `theme.js` applies what is remembered before the first paint. */
class ThemeToggle extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => this.#toggle());
  }

  #toggle(): void {
    const root = document.documentElement;
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const theme = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
    root.dataset.theme = theme;
    try {
      localStorage.setItem('clinic:theme', theme);
    } catch {
      // Not remembered where storage is closed to us; it still holds for this page.
    }
    document.dispatchEvent(new CustomEvent('clinic:theme', { detail: theme }));
  }
}

customElements.define('theme-toggle', ThemeToggle);
