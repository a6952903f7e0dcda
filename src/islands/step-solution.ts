/** The solution of a step, shown once it was asked for. A script may speak to several hosts, so it is copied, not run. */
import { element } from './element.ts';

export function showSolution(step: HTMLElement, script: string): void {
  const place = step.querySelector('[data-solution-place]');
  if (!place) return;
  const copy = element('button', { type: 'button', class: 'button small quiet', 'data-copy': '' }, 'Copy');
  const code = element('pre', { tabindex: '0', 'aria-label': 'Solution' }, element('code', {}, script.trimEnd()));
  place.replaceChildren(
    element('h4', {}, 'One way to do it'),
    element('div', { class: 'code', 'data-code': '' }, code, copy),
  );
  place.querySelector('pre')?.focus();
}
