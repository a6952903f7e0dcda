/** Search in what a terminal has shown. */
import type { SearchAddon } from '@xterm/addon-search';
import { element } from '../element.ts';
import { icon } from './icons.ts';
import { matchColours } from './theme.ts';

export class SearchBar {
  readonly root: HTMLElement;
  readonly #search: SearchAddon;
  readonly #field = element('input', { type: 'search', 'aria-label': 'Search in this terminal', spellcheck: 'false' });
  readonly #found = element('output', { class: 'terminal-found' });
  readonly #closed: () => void;

  constructor(search: SearchAddon, closed: () => void) {
    this.#search = search;
    this.#closed = closed;
    const press = (label: string, sign: 'up' | 'down' | 'close', onPress: () => void) => {
      const made = element('button', { type: 'button', class: 'button quiet small', 'aria-label': label }, icon(sign));
      made.addEventListener('click', onPress);
      return made;
    };
    this.root = element(
      'div',
      { class: 'terminal-search', role: 'search', hidden: '' },
      this.#field,
      this.#found,
      press('Previous match', 'up', () => this.#previous()),
      press('Next match', 'down', () => this.#next()),
      press('Close search', 'close', () => this.close()),
    );
    this.#field.addEventListener('input', () => this.#next(true));
    this.root.addEventListener('keydown', (event) => this.#key(event));
    search.onDidChangeResults(({ resultIndex, resultCount }) => {
      this.#found.value =
        this.#field.value === '' ? '' : resultCount === 0 ? 'none' : `${resultIndex + 1} of ${resultCount}`;
    });
  }

  open(selected: string): void {
    this.root.hidden = false;
    if (selected && !selected.includes('\n')) this.#field.value = selected;
    this.#field.focus();
    this.#field.select();
    if (this.#field.value) this.#next(true);
  }

  close(): void {
    this.root.hidden = true;
    this.#search.clearDecorations();
    this.#closed();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && event.target === this.#field) {
      if (event.shiftKey) this.#previous();
      else this.#next();
    }
  }

  // What stands last on the screen is nearest to the learner, so 'next' goes on from there upwards and around.
  #next(incremental = false): void {
    this.#search.findPrevious(this.#field.value, { decorations: matchColours(), incremental });
  }

  #previous(): void {
    this.#search.findNext(this.#field.value, { decorations: matchColours() });
  }
}
