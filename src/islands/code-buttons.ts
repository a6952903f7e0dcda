/**
 * 'Run' and 'Copy' of code blocks. Run hands the command to the terminals of the lab pane (`clinic:run`), which type it
 * on the named host; nothing here runs anything.
 */
document.addEventListener('click', (event) => {
  const pressed = (event.target as Element).closest<HTMLButtonElement>('button[data-copy], button[data-run]');
  const code = pressed?.closest('[data-code]')?.querySelector('pre')?.textContent.trimEnd();
  if (!pressed || code === undefined) return;
  if (pressed.dataset.run) run(pressed.dataset.run, code);
  else void copy(pressed, code);
});

function run(host: string, command: string): void {
  document.dispatchEvent(new CustomEvent('clinic:run', { detail: { host, command } }));
}

async function copy(pressed: HTMLButtonElement, code: string): Promise<void> {
  const words = await navigator.clipboard.writeText(code).then(
    () => 'Copied',
    () => 'Select and press Ctrl+C',
  );
  pressed.textContent = words;
  setTimeout(() => (pressed.textContent = 'Copy'), 2_000);
}
