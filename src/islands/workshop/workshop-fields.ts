/** What is asked of a workshop, when it is made and when it is changed later. */
import type { WorkshopView } from '#shared/board.ts';
import { element } from '../element.ts';

export type WorkshopSettings = Pick<WorkshopView, 'title' | 'startsAt' | 'endsAt' | 'seats' | 'openness' | 'solutions'>;

/** A time in the form <input type=datetime-local> wants, in the reader's own zone. */
function localTime(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** `form` tells the fields of two forms on one page apart. */
export function titleAndTimes(form: string, start: WorkshopSettings): readonly HTMLElement[] {
  const field = (label: string, name: keyof WorkshopSettings, kind: Record<string, string>) => {
    const id = `${form}-${name}`;
    const input = element('input', { id, name, required: '', ...kind });
    return element('div', { class: 'field' }, element('label', { for: id }, label), input);
  };
  return [
    field('Title', 'title', { maxlength: '120', value: start.title }),
    element(
      'div',
      { class: 'row wide' },
      field('Starts', 'startsAt', { type: 'datetime-local', value: localTime(start.startsAt) }),
      field('Ends', 'endsAt', { type: 'datetime-local', value: localTime(start.endsAt) }),
      field('Seats', 'seats', { type: 'number', min: '1', max: '500', value: `${start.seats}` }),
    ),
  ];
}

export function whatIsOpen({ openness, solutions }: WorkshopSettings): readonly HTMLElement[] {
  return [
    choice('openness', 'What is open', openness, [
      ['all', 'All lessons from the start'],
      ['opened', 'Only what you open on the board'],
    ]),
    choice('solutions', 'Solutions', solutions, [
      ['open', 'Learners may look; it is recorded'],
      ['locked', 'Locked until you unlock one'],
    ]),
  ];
}

function choice<Value extends string>(
  name: string,
  legend: string,
  chosen: Value,
  options: readonly (readonly [Value, string])[],
): HTMLElement {
  return element(
    'fieldset',
    {},
    element('legend', {}, legend),
    ...options.map(([value, text]) =>
      element(
        'label',
        { class: 'choice' },
        element('input', { type: 'radio', name, value, ...(value === chosen ? { checked: '' } : {}) }),
        text,
      ),
    ),
  );
}

export function settingsIn(form: HTMLFormElement): WorkshopSettings {
  const values = new FormData(form);
  const time = (name: string) => new Date(String(values.get(name))).toISOString();
  return {
    title: String(values.get('title')),
    startsAt: time('startsAt'),
    endsAt: time('endsAt'),
    seats: Number(values.get('seats')),
    openness: values.get('openness') === 'opened' ? 'opened' : 'all',
    solutions: values.get('solutions') === 'locked' ? 'locked' : 'open',
  };
}
