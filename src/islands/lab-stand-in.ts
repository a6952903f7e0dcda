/** What the lab pane shows while there is no lab to work in. */
import type { LabView } from '#shared/wire.ts';
import { button, element } from './element.ts';
import { startLab } from './lab-actions.ts';

export function missing(lesson: string, hosts: readonly string[]): HTMLElement {
  return element(
    'div',
    { class: 'stand-in' },
    element('h2', {}, 'Your lab is not running'),
    element(
      'p',
      {},
      'This lesson is done on machines of your own: real Debian hosts with a network of theirs. Break what you like; nothing outside the lab notices, and it can be made anew at any time.',
    ),
    element('ul', { class: 'host-chips' }, ...hosts.map((host) => element('li', {}, host))),
    starter(lesson),
  );
}

/** Says at once that it was pressed; what comes of it, the live connection tells. */
function starter(lesson: string): HTMLButtonElement {
  const made = button('Start the lab', 'primary', () => {
    made.disabled = true;
    made.textContent = 'Starting …';
    void startLab(lesson).finally(() => {
      made.disabled = false;
      made.textContent = 'Start the lab';
    });
  });
  return made;
}

export function busy(lab: LabView): HTMLElement {
  const title = lab.state === 'making' ? 'Making your machines' : 'Preparing them for this lesson';
  return element(
    'div',
    { class: 'stand-in', 'aria-busy': 'true' },
    element('h2', {}, title),
    element('p', { role: 'status' }, lab.progress ?? 'One moment …'),
    element('div', { class: 'skeleton-lines', 'aria-hidden': 'true' }, ...[72, 48, 60, 31].map(skeletonLine)),
  );
}

export function broken(lesson: string, trouble = 'It did not say why.'): HTMLElement {
  return element(
    'div',
    { class: 'stand-in' },
    element('h2', {}, 'The lab could not be brought up'),
    element('p', { class: 'trouble', role: 'alert' }, trouble),
    button('Try again with a new lab', 'primary', () => void startLab(lesson, true)),
  );
}

const skeletonLine = (percent: number): HTMLElement =>
  element('div', { class: 'skeleton', style: `width: ${percent}%` });
