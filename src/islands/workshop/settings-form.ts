/** Changes a workshop that exists: only what was changed in the form is sent, so that nothing else is set back. */
import { element } from '../element.ts';
import { settingsIn, titleAndTimes, whatIsOpen, type WorkshopSettings } from './workshop-fields.ts';

export function settingsForm(
  now: WorkshopSettings,
  onChange: (changed: Partial<WorkshopSettings>) => void,
): HTMLFormElement {
  const form = element(
    'form',
    { class: 'stack' },
    ...titleAndTimes('settings', now),
    ...whatIsOpen(now),
    element('button', { class: 'button small primary' }, 'Save'),
  );
  const shown = settingsIn(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const asked = Object.entries(settingsIn(form));
    onChange(Object.fromEntries(asked.filter(([name, value]) => shown[name as keyof WorkshopSettings] !== value)));
  });
  return form;
}
