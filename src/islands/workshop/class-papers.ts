/** One printable page a learner, and a summary of the class before them. */
import { api, troubleText } from '../api.ts';
import { element, sentence } from '../element.ts';
import { shownName } from './names.ts';
import type { Paper } from '../../workshops/results.ts';

const stateWords: Readonly<Record<string, string>> = {
  open: 'not begun',
  'at-work': 'begun, not done',
  done: 'done',
  skipped: 'skipped',
};

function summary(papers: readonly Paper[]): HTMLElement {
  const steps = papers[0]?.steps ?? [];
  const rows = steps.map(({ step }, index) => {
    const states = papers.map((paper) => paper.steps[index]?.state);
    const count = (state: string) => String(states.filter((one) => one === state).length);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, step),
      ...['done', 'skipped', 'at-work', 'open'].map((state) => element('td', {}, count(state))),
    );
  });
  return element(
    'section',
    { class: 'paper' },
    element('h1', {}, papers[0]?.workshop ?? 'Workshop'),
    element('p', {}, `${papers.length} learners, ${steps.length} steps.`),
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...['Step', 'Done', 'Skipped', 'Begun', 'Not begun'].map((text) => element('th', { scope: 'col' }, text)),
        ),
      ),
      element('tbody', {}, ...rows),
    ),
  );
}

function page(paper: Paper): HTMLElement {
  const done = paper.steps.filter((one) => one.state === 'done').length;
  const steps = paper.steps.map((one) =>
    element(
      'section',
      {},
      element('h3', {}, one.step),
      element(
        'p',
        {},
        [
          stateWords[one.state] ?? one.state,
          one.at ? new Date(one.at).toLocaleString() : '',
          `${one.attempts} ${one.attempts === 1 ? 'check' : 'checks'}`,
          one.solutionSeen ? 'looked at the solution' : '',
        ]
          .filter(Boolean)
          .join(' · '),
      ),
      ...(one.shown.length
        ? [
            element(
              'ul',
              {},
              ...one.shown.map(({ asks, seen }) =>
                element('li', {}, ...sentence(asks), ' – ', element('em', {}, ...sentence(seen))),
              ),
            ),
          ]
        : []),
    ),
  );
  return element(
    'article',
    { class: 'paper' },
    element('h2', {}, shownName(paper)),
    element('p', {}, `${paper.workshop}: ${done} of ${paper.steps.length} steps done`),
    ...steps,
  );
}

class ClassPapers extends HTMLElement {
  connectedCallback(): void {
    const workshop = new URLSearchParams(location.search).get('workshop') ?? '';
    api<readonly Paper[]>('GET', `/api/workshops/${encodeURIComponent(workshop)}/papers`).then(
      (papers) => this.replaceChildren(summary(papers), ...papers.map(page)),
      (trouble: unknown) => this.replaceChildren(element('p', { role: 'alert' }, troubleText(trouble))),
    );
  }
}

customElements.define('class-papers', ClassPapers);
