/** Words of the instructor, with a command to go with them: to one learner or to all. */
import { element } from '../element.ts';
import { onSubmit } from '../submit.ts';

export interface Words {
  readonly text: string;
  readonly command?: string;
}

/** `send` resolves true when the words have arrived: the form is emptied then, and keeps them otherwise. */
export function sayForm(id: string, label: string, action: string, send: (words: Words) => Promise<boolean>) {
  const text = element('textarea', { id, rows: '2', maxlength: '2000', required: '' });
  const command = element('input', {
    id: `${id}-command`,
    maxlength: '2000',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const name = element('label', { for: id }, label);
  const go = element('button', { class: 'button small primary' }, action);
  const form = element(
    'form',
    { class: 'stack say' },
    name,
    text,
    element('label', { for: `${id}-command`, class: 'soft' }, 'A command to go with it (optional)'),
    command,
    go,
  );
  onSubmit(form, async () => {
    const sent = await send({ text: text.value, ...(command.value ? { command: command.value } : {}) });
    if (sent) form.reset();
  });
  return {
    form,
    rename(newLabel: string, newAction: string): void {
      name.textContent = newLabel;
      go.textContent = newAction;
    },
  };
}
