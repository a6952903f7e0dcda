/** A small menu at a button or at the pointer, by the usual keys; it gives the focus back to where it was. */
import { element } from '../element.ts';

export interface MenuItem {
  readonly text: string;
  /** Keys that do the same, as written for the reader. */
  readonly keys?: string;
  readonly disabled?: boolean;
  /** For a setting that is on or off. */
  readonly checked?: boolean;
  choose(): void;
}

export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

export function openMenu(label: string, place: MenuPlace, items: readonly MenuItem[]): void {
  const opener = document.activeElement;
  const menu = element('div', { role: 'menu', class: 'terminal-menu', popover: 'auto', 'aria-label': label });
  const close = () => {
    menu.hidePopover();
    if (opener instanceof HTMLElement) opener.focus();
  };
  const buttons = items.map((item) => itemButton(item, close));
  menu.append(...buttons);
  menu.addEventListener('keydown', (event) => moveFocus(event, buttons, close));
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') menu.remove();
  });
  // Inside the page's main landmark, so that those who go by landmarks find it.
  (document.querySelector('main') ?? document.body).append(menu);
  menu.showPopover();
  menu.style.left = `${Math.max(4, Math.min(place.x, innerWidth - menu.offsetWidth - 4))}px`;
  menu.style.top = `${Math.max(4, Math.min(place.y, innerHeight - menu.offsetHeight - 4))}px`;
  buttons.find((each) => !each.disabled)?.focus();
}

function itemButton(item: MenuItem, close: () => void): HTMLButtonElement {
  const made = element(
    'button',
    {
      type: 'button',
      role: item.checked === undefined ? 'menuitem' : 'menuitemcheckbox',
      'aria-checked': item.checked === undefined ? undefined : String(item.checked),
      tabindex: '-1',
      disabled: item.disabled ? '' : undefined,
    },
    element('span', {}, item.text),
    ...(item.keys ? [element('kbd', { 'aria-hidden': 'true' }, item.keys)] : []),
  );
  made.addEventListener('click', () => {
    close();
    item.choose();
  });
  return made;
}

function moveFocus(event: KeyboardEvent, buttons: readonly HTMLButtonElement[], close: () => void): void {
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    return close();
  }
  const able = buttons.filter((each) => !each.disabled);
  const at = able.findIndex((each) => each === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: able.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  able[(to + able.length) % able.length]?.focus();
}
