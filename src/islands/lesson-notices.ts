/** Notices of the course and of the instructor, beside the step they speak of. */
import type { LiveMessage } from '#shared/wire.ts';
import { button, element, sentence } from './element.ts';
import { onLive } from './live.ts';

type Notice = Extract<LiveMessage, { type: 'notice' }>;

class LessonNotices extends HTMLElement {
  connectedCallback(): void {
    onLive(['notice'], (notice) => this.#show(notice));
  }

  #show(notice: Notice): void {
    const step = notice.step && document.querySelector(`step-checks[data-step="${CSS.escape(notice.step)}"]`);
    const made = noticeElement(notice);
    if (step) step.before(made);
    else this.append(made);
    if (notice.from === 'instructor') made.scrollIntoView({ block: 'nearest' });
  }
}

function noticeElement({ from, by, text, command }: Notice): HTMLElement {
  const who = from === 'instructor' ? (by ?? 'Your instructor') : 'The course';
  const made = element(
    'aside',
    { class: `notice from-${from}`, role: 'status' },
    element('p', { class: 'notice-who' }, who),
    element('p', {}, ...sentence(text)),
  );
  if (command) {
    const copy = element('button', { type: 'button', class: 'button small quiet', 'data-copy': '' }, 'Copy');
    made.append(element('div', { class: 'code', 'data-code': '' }, element('pre', {}, command), copy));
  }
  made.append(button('Dismiss', 'small quiet', () => made.remove()));
  return made;
}

customElements.define('lesson-notices', LessonNotices);
