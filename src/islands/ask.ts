/** Words between page and learner that must not be overlooked. */
import { element } from './element.ts';

export interface Question {
  readonly title: string;
  /** What will happen, what is lost and what stays. */
  readonly text: string;
  /** The button's words: a verb, not 'OK'. */
  readonly action: string;
}

/** A question before something that cannot be undone. True only when the learner presses the action. */
export async function ask({ title, text, action }: Question): Promise<boolean> {
  const no = element('button', { class: 'button', value: 'no', autofocus: '' }, 'Cancel');
  const yes = element('button', { class: 'button primary', value: 'yes' }, action);
  return (await answerTo(title, text, [no, yes])) === 'yes';
}

/** What went wrong, and what to do. */
export async function tell(text: string): Promise<void> {
  await answerTo('That did not work', text, [element('button', { class: 'button', value: 'seen' }, 'Close')]);
}

function answerTo(title: string, text: string, buttons: readonly HTMLElement[]): Promise<string> {
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'ask-title' },
    element('h2', { id: 'ask-title' }, title),
    element('p', {}, text),
    element('form', { method: 'dialog', class: 'row' }, ...buttons),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}
