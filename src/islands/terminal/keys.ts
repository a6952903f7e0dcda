/**
 * Which keys the page keeps from the shell. All else is the shell's, Ctrl-C above all: it interrupts, whatever is selected.
 */
export type PaneKey = 'leave' | 'copy' | 'paste' | 'search' | 'shell';

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The key that takes the focus out of a terminal, where Tab belongs to the shell. */
export const leaveKey = 'F6';

export function meaningOf(event: KeyboardEvent): PaneKey {
  const { key, ctrlKey: ctrl, shiftKey: shift, metaKey: meta, altKey: alt } = event;
  if (key === leaveKey && !ctrl && !alt && !meta) return 'leave';
  if (alt) return 'shell';
  const letter = key.toLowerCase();
  if (mac && meta && !ctrl) return ({ c: 'copy', v: 'paste', f: 'search' }[letter] as PaneKey | undefined) ?? 'shell';
  if (ctrl && shift) return ({ c: 'copy', v: 'paste', f: 'search' }[letter] as PaneKey | undefined) ?? 'shell';
  if (key === 'Insert' && ctrl) return 'copy';
  if (key === 'Insert' && shift) return 'paste';
  return 'shell';
}

/** How the keys are written for this reader. */
export const written = mac
  ? { copy: '⌘C', paste: '⌘V', search: '⌘F' }
  : { copy: 'Ctrl+Shift+C', paste: 'Ctrl+Shift+V', search: 'Ctrl+Shift+F' };
