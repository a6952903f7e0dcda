/** The menus above the board. */
import { element } from '../element.ts';

/** One menu at a time is open; Escape and a press elsewhere close it. */
export function menu(name: string, content: HTMLElement): HTMLDetailsElement {
  const summary = element('summary', { class: 'button small' }, name);
  const made = element('details', { class: 'menu', name: 'board-menu' }, summary);
  made.append(element('div', { class: 'menu-content card' }, content));
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    made.open = false;
    summary.focus();
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !made.contains(event.target)) made.open = false;
  });
  return made;
}
