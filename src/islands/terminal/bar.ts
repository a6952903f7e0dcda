/** The bar over the terminals: the tabs, a new terminal, split view, search and settings. */
import { element } from '../element.ts';
import { icon } from './icons.ts';
import { leaveKey, written } from './keys.ts';
import { openMenu, type MenuPlace } from './menu.ts';
import { fontSizes, within, type TerminalSettings } from './settings.ts';

export interface BarActions {
  /** Asks on which host a new terminal shall be. */
  hosts(place: MenuPlace): void;
  split(): void;
  search(): void;
  settings(): TerminalSettings;
  change(settings: TerminalSettings): void;
  closeActive(): void;
}

export class TerminalBar {
  readonly root: HTMLElement;
  readonly #actions: BarActions;
  readonly #split: HTMLButtonElement;
  readonly #search: HTMLButtonElement;
  #any = false;

  constructor(tabs: HTMLElement, actions: BarActions) {
    this.#actions = actions;
    const plus = sign('plus', 'New terminal', () => actions.hosts(below(plus)));
    const more = sign('more', 'Terminal settings', () => this.#openSettings(below(more)));
    plus.setAttribute('aria-haspopup', 'menu');
    more.setAttribute('aria-haspopup', 'menu');
    this.#split = sign('split', 'Two terminals side by side', actions.split);
    this.#search = sign('search', `Search (${written.search})`, actions.search);
    this.root = element(
      'div',
      { class: 'terminal-bar' },
      tabs,
      plus,
      element('span', { class: 'terminal-hint' }, element('kbd', {}, leaveKey), ' leaves the terminal'),
      this.#split,
      this.#search,
      more,
    );
  }

  update(state: { readonly split: boolean; readonly any: boolean; readonly several: boolean }): void {
    this.#any = state.any;
    this.#split.setAttribute('aria-pressed', String(state.split));
    this.#split.disabled = !state.several;
    this.#search.disabled = !state.any;
  }

  #openSettings(place: MenuPlace): void {
    const { change, closeActive } = this.#actions;
    const now = this.#actions.settings();
    const letters = (fontSize: number) => () => change({ ...now, fontSize: within(fontSize) });
    openMenu('Terminal settings', place, [
      { text: 'Larger letters', disabled: now.fontSize >= fontSizes.largest, choose: letters(now.fontSize + 1) },
      { text: 'Smaller letters', disabled: now.fontSize <= fontSizes.smallest, choose: letters(now.fontSize - 1) },
      { text: 'Usual letters', disabled: now.fontSize === fontSizes.usual, choose: letters(fontSizes.usual) },
      {
        text: 'For screen readers',
        checked: now.screenReader,
        choose: () => change({ ...now, screenReader: !now.screenReader }),
      },
      { text: 'Close this terminal', disabled: !this.#any, choose: closeActive },
    ]);
  }
}

function sign(name: Parameters<typeof icon>[0], label: string, onPress: () => void): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: 'button quiet small', 'aria-label': label, title: label },
    icon(name),
  );
  made.addEventListener('click', onPress);
  return made;
}

function below(opener: HTMLElement): MenuPlace {
  const { left, bottom } = opener.getBoundingClientRect();
  return { x: left, y: bottom + 4 };
}
