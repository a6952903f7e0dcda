/** The solution of a step, shown once it was asked for. A script may speak to several hosts, so it is copied, not run. */
import { element, sentence } from './element.ts';

export function showSolution(step: HTMLElement, script: string): void {
  const place = step.querySelector('[data-solution-place]');
  if (!place) return;
  const shown = commandsOf(script);
  const copy = element('button', { type: 'button', class: 'button small quiet', 'data-copy': '' }, 'Copy');
  const code = element('pre', { tabindex: '0', 'aria-label': 'Solution' }, element('code', {}, shown));
  place.replaceChildren(
    element('h4', {}, 'One way to do it'),
    element('p', {}, ...sentence(explained(script))),
    element('div', { class: 'code', 'data-code': '' }, code, copy),
  );
  place.querySelector('pre')?.focus();
}

/** The script without what only its interpreter reads. */
const commandsOf = (script: string): string => script.replace(/^(#!.*\n|# host:.*\n)+/, '').trim();

/** What the words of the course's own in a solution mean: they are no commands of the lab. */
function explained(script: string): string {
  const host = /^# host: (\S+)/m.exec(script)?.[1] ?? 'redis-1';
  const words = [`These commands are typed on ${host}.`];
  if (/^\s*on /m.test(script)) words.push('After `on`, and a host, stands what is typed in the terminal of that host.');
  if (/^\s*answer /m.test(script)) words.push('`answer …` fills in the answer to a question above.');
  return words.join(' ');
}
