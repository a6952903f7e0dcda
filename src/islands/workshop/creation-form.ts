/** The form that makes a workshop. */
import type { WorkshopView } from '#shared/board.ts';
import { api, troubleText } from '../api.ts';
import { button, element } from '../element.ts';
import { onSubmit } from '../submit.ts';
import { settingsIn, titleAndTimes, whatIsOpen, type WorkshopSettings } from './workshop-fields.ts';

export interface LessonChoice {
  readonly slug: string;
  readonly title: string;
}

const hour = 3_600_000;

/** Which lessons, and in which order: the form sends them as they stand. */
function lessonChoice(lessons: readonly LessonChoice[]): HTMLElement {
  const items = lessons.map(({ slug, title }) => {
    const box = element('input', { type: 'checkbox', name: 'lessons', value: slug, checked: '' });
    const earlier = button('↑', 'small quiet', () => {
      item.previousElementSibling?.before(item);
      earlier.focus();
    });
    earlier.setAttribute('aria-label', `${title}: one place earlier`);
    const item = element('li', { class: 'choice' }, element('label', { class: 'choice' }, box, title), earlier);
    return { box, item };
  });
  const all = (checked: boolean) => () => {
    for (const { box } of items) box.checked = checked;
  };
  return element(
    'fieldset',
    {},
    element('legend', {}, 'Lessons, in the order of the workshop'),
    element('div', { class: 'row' }, button('All', 'small', all(true)), button('None', 'small', all(false))),
    element('ol', { class: 'lessons' }, ...items.map(({ item }) => item)),
  );
}

export function creationForm(lessons: readonly LessonChoice[], onMade: (id: string) => void): HTMLFormElement {
  const now = Date.now();
  const usual: WorkshopSettings = {
    title: '',
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 3 * hour).toISOString(),
    seats: 30,
    openness: 'all',
    solutions: 'open',
  };
  const status = element('p', { role: 'alert' });
  const form = element(
    'form',
    { class: 'stack card' },
    ...titleAndTimes('new', usual),
    lessonChoice(lessons),
    ...whatIsOpen(usual),
    element('button', { class: 'button primary' }, 'Make the workshop'),
    status,
  );
  onSubmit(form, async () => {
    const chosen = new FormData(form).getAll('lessons');
    if (chosen.length === 0) {
      status.textContent = 'A workshop needs at least one lesson: choose one above.';
      return;
    }
    const body = { ...settingsIn(form), lessons: chosen };
    try {
      const { id } = await api<WorkshopView>('POST', '/api/workshops', { body });
      // Without its title the form makes no second one while the browser is on its way.
      form.reset();
      onMade(id);
    } catch (trouble) {
      status.textContent = troubleText(trouble);
    }
  });
  return form;
}
