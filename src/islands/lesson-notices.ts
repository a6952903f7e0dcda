/** Notices of the course and of the instructor, beside the step they speak of; each until it is dismissed. */
import type { Notice, StepId } from '#shared/wire.ts';
import { button, element, sentence } from './element.ts';
import { lessonTitleOf } from './lesson-titles.ts';
import { onLive } from './live.ts';

class LessonNotices extends HTMLElement {
  connectedCallback(): void {
    onLive(['hello'], ({ notices }) => notices.forEach((notice) => this.#show(notice)));
    onLive(['notice'], (notice) => {
      const made = this.#show(notice);
      if (notice.from === 'instructor') made?.scrollIntoView({ block: 'nearest' });
    });
  }

  /** Undefined where it stands already, or was dismissed. */
  #show(notice: Notice): HTMLElement | undefined {
    const { id } = notice;
    if (id && (dismissed().includes(id) || document.querySelector(`[data-notice="${CSS.escape(id)}"]`)))
      return undefined;
    const step = notice.step && document.querySelector(`step-checks[data-step="${CSS.escape(notice.step)}"]`);
    const made = noticeElement(notice);
    if (step) step.before(made);
    else this.append(made);
    if (notice.step && !step) made.querySelector('p:last-of-type')?.after(wayTo(notice.step));
    return made;
  }
}

/** For words about a step of another lesson. */
function wayTo(step: StepId): HTMLElement {
  const [lesson, name] = step.split('/');
  return element('p', {}, element('a', { href: `/lessons/${lesson}/#${name ?? ''}` }, `Go to ${lessonTitleOf(step)}`));
}

function noticeElement({ id, from, by, text, command }: Notice): HTMLElement {
  const who = from === 'instructor' ? (by ?? 'Your instructor') : 'The course';
  const made = element(
    'aside',
    { class: `notice from-${from}`, role: 'status', ...(id && { 'data-notice': id }) },
    element('p', { class: 'notice-who' }, who),
    element('p', {}, ...sentence(text)),
  );
  if (command) {
    const copy = element('button', { type: 'button', class: 'button small quiet', 'data-copy': '' }, 'Copy');
    made.append(element('div', { class: 'code', 'data-code': '' }, element('pre', {}, command), copy));
  }
  made.append(
    button('Dismiss', 'small quiet', () => {
      if (id) dismiss(id);
      made.remove();
    }),
  );
  return made;
}

const key = 'clinic:dismissed';
/** The server keeps five for each of the browser's learners. */
const remembered = 20;

function dismissed(): readonly string[] {
  try {
    return (localStorage.getItem(key) ?? '').split(' ');
  } catch {
    return [];
  }
}

function dismiss(id: string): void {
  try {
    localStorage.setItem(key, [...dismissed(), id].slice(-remembered).join(' '));
  } catch {
    // This browser keeps nothing: the notice comes back at the next load.
  }
}

customElements.define('lesson-notices', LessonNotices);
