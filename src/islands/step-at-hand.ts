/** The list of the step that the learner works at: the one with the focus, else the first that is not done, else the last. */
export function stepAtHand(): HTMLElement | undefined {
  const lists = [...document.querySelectorAll<HTMLElement>('step-checks')];
  const stepOf = (list: HTMLElement) => list.closest<HTMLElement>('.step');
  const focused = lists.find((list) => stepOf(list)?.contains(document.activeElement));
  const open = lists.find((list) => !['done', 'skipped'].includes(stepOf(list)?.dataset.progress ?? ''));
  return focused ?? open ?? lists.at(-1);
}
