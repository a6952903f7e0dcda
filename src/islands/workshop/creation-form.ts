/** The form that makes a workshop. */
import type { WorkshopView } from '#shared/board.ts';
import { api, troubleText } from '../api.ts';
import { button, element } from '../element.ts';

export interface LessonChoice {
  readonly slug: string;
  readonly title: string;
}

/** A time in the form <input type=datetime-local> wants, in the reader's own zone. */
export function localTime(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

const hour = 3_600_000;

function field(label: string, input: HTMLElement): HTMLElement {
  input.id = `new-${input.getAttribute('name')}`;
  return element('div', { class: 'field' }, element('label', { for: input.id }, label), input);
}

function choice(name: string, legend: string, options: readonly (readonly [string, string])[]): HTMLElement {
  return element(
    'fieldset',
    {},
    element('legend', {}, legend),
    ...options.map(([value, text], index) =>
      element(
        'label',
        { class: 'choice' },
        element('input', { type: 'radio', name, value, ...(index === 0 ? { checked: '' } : {}) }),
        text,
      ),
    ),
  );
}

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
  const now = new Date();
  const status = element('p', { role: 'alert' });
  const form = element(
    'form',
    { class: 'stack card' },
    field('Title', element('input', { name: 'title', required: '', maxlength: '120' })),
    element(
      'div',
      { class: 'row wide' },
      field(
        'Starts',
        element('input', { name: 'startsAt', type: 'datetime-local', required: '', value: localTime(now) }),
      ),
      field(
        'Ends',
        element('input', {
          name: 'endsAt',
          type: 'datetime-local',
          required: '',
          value: localTime(new Date(now.getTime() + 3 * hour)),
        }),
      ),
      field(
        'Seats',
        element('input', { name: 'seats', type: 'number', min: '1', max: '500', value: '30', required: '' }),
      ),
    ),
    lessonChoice(lessons),
    choice('openness', 'What is open', [
      ['all', 'All lessons from the start'],
      ['opened', 'Only what you open on the board'],
    ]),
    choice('solutions', 'Solutions', [
      ['open', 'Learners may look; it is recorded'],
      ['locked', 'Locked until you unlock one'],
    ]),
    element('button', { class: 'button primary' }, 'Make the workshop'),
    status,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const values = new FormData(form);
    if (values.getAll('lessons').length === 0) {
      status.textContent = 'A workshop needs at least one lesson: choose one above.';
      return;
    }
    const time = (name: string) => new Date(String(values.get(name))).toISOString();
    const body = {
      title: values.get('title'),
      startsAt: time('startsAt'),
      endsAt: time('endsAt'),
      seats: Number(values.get('seats')),
      lessons: values.getAll('lessons'),
      openness: values.get('openness'),
      solutions: values.get('solutions'),
    };
    api<WorkshopView>('POST', '/api/workshops', { body })
      .then(({ id }) => onMade(id))
      .catch((trouble: unknown) => {
        status.textContent = troubleText(trouble);
      });
  });
  return form;
}
