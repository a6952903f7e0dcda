/** One line of a definition of done: its state, what was seen, what to try. The sentence itself comes with the page. */
import type { FindingView } from '#shared/wire.ts';
import { element, sentence } from './element.ts';

const words: Readonly<Record<FindingView['state'], string>> = {
  met: 'Met',
  unmet: 'Not met',
  waiting: 'Waiting',
  unverifiable: 'Cannot be verified here',
};

/** Shows a finding; `undefined` is a criterion that was not looked at yet. */
export function showFinding(item: HTMLElement, finding: FindingView | undefined): void {
  item.dataset.state = finding?.state ?? 'open';
  const state = item.querySelector('[data-state-word]');
  if (state) state.textContent = finding ? `${words[finding.state]}: ` : 'Not checked yet: ';
  const shown = item.querySelector('[data-finding]');
  shown?.replaceChildren(...(finding ? explanation(finding) : []));
}

function explanation({ seen, tryThis }: FindingView): readonly Node[] {
  const parts = [element('p', { class: 'seen' }, ...sentence(seen))];
  if (tryThis) parts.push(element('p', { class: 'try' }, element('strong', {}, 'Try: '), ...sentence(tryThis)));
  return parts;
}
