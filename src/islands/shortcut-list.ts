/** The list of keys: opened by its button, or by '?' where that is not a letter to be typed. */
const list = document.querySelector<HTMLDialogElement>('[data-shortcuts]');

document.querySelector('[data-open-shortcuts]')?.addEventListener('click', () => list?.showModal());

document.addEventListener('keydown', (event) => {
  if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select');
  // Over another dialog, that one's question comes first.
  if (typing || document.querySelector('dialog:modal')) return;
  event.preventDefault();
  list?.showModal();
});
