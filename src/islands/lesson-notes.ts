/** A learner's own notes on a lesson, kept in this browser, and the page of commands beside the terminals. */
import { whenShown } from './pane-tabs.ts';

class LessonNotes extends HTMLElement {
  readonly #key = `clinic:notes:${this.dataset.lesson}`;
  readonly #field = this.querySelector('textarea');

  connectedCallback(): void {
    if (this.#field) this.#field.value = this.#kept();
    this.#field?.addEventListener('input', () => this.#keep(this.#field?.value ?? ''));
    whenShown(this, () => void this.#showCommands());
  }

  #kept(): string {
    try {
      return localStorage.getItem(this.#key) ?? '';
    } catch {
      return '';
    }
  }

  #keep(text: string): void {
    try {
      localStorage.setItem(this.#key, text);
    } catch {
      const place = this.querySelector('[data-kept]');
      if (place) place.textContent = 'This browser keeps nothing for the course: copy your notes before you leave.';
    }
  }

  /** Taken from the page itself, so that there is one list of commands. Without it, the link to it stays. */
  async #showCommands(): Promise<void> {
    const place = this.querySelector<HTMLElement>('[data-commands]');
    if (!place || place.dataset.commands === 'there') return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch('/commands/')).text(), 'text/html');
      const parts = [...page.querySelectorAll('article > :not(h1, .lead)')];
      if (parts.length === 0) return;
      // Ids of that page may be ids of this one, too.
      for (const part of parts) part.removeAttribute('id');
      place.replaceChildren(...parts.map((part) => document.adoptNode(part)));
      place.dataset.commands = 'there';
    } catch {
      // Asked for again when the tab is shown the next time.
    }
  }
}

customElements.define('lesson-notes', LessonNotes);
