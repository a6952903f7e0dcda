/** Handles a form's submits one at a time: a second press while the first is under way does nothing. */
export function onSubmit(form: HTMLFormElement, handle: () => Promise<unknown>): void {
  let underWay = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (underWay) return;
    underWay = true;
    void handle().finally(() => (underWay = false));
  });
}
