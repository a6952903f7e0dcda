/**
 * 'Run' and 'Copy' of code blocks. Run hands the command to the terminals of the lab pane (`clinic:run`), which type it
 * on the named host; nothing here runs anything.
 */
import { tell } from './ask.ts';
import { copyText } from './clipboard.ts';
import { live, nextLive } from './live.ts';

document.addEventListener('click', (event) => {
  const pressed = (event.target as Element).closest<HTMLButtonElement>('button[data-copy], button[data-run]');
  const code = pressed?.closest('[data-code]')?.querySelector('pre')?.textContent.trimEnd();
  if (!pressed || code === undefined) return;
  if (pressed.dataset.run) void run(pressed.dataset.run, code);
  else void copy(pressed, code);
});

async function run(host: string, command: string): Promise<void> {
  const lab = live.current.lab ?? (await nextLive('hello'))?.lab;
  if (lab?.state !== 'ready') return tell('There is no lab to run this in yet. Start the lab first, beside the text.');
  // A press while the terminals are still being loaded must not be lost.
  await customElements.whenDefined('lab-terminals');
  document.dispatchEvent(new CustomEvent('clinic:run', { detail: { host, command } }));
}

async function copy(pressed: HTMLButtonElement, code: string): Promise<void> {
  pressed.textContent = (await copyText(code)) ? 'Copied' : 'Select and press Ctrl+C';
  setTimeout(() => (pressed.textContent = 'Copy'), 2_000);
}
