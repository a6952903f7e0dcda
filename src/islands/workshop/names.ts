/** Whether learners are called by name on this browser, or by number: a board on a projector must not betray anybody. */
const key = 'clinic:hide-names';

/** Kept over reloads and for all pages of this browser: the board, a learner's log, the papers. */
export const namesHidden = (): boolean => localStorage.getItem(key) === 'yes';

export function hideNames(hide: boolean): void {
  if (hide) localStorage.setItem(key, 'yes');
  else localStorage.removeItem(key);
}

export const shownName = ({ name, number }: { readonly name: string; readonly number: number }): string =>
  namesHidden() ? `Learner ${number}` : name;
