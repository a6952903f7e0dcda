/** Every key that the course answers to: the one table behind the list on a lesson's page and the help. */
export interface Shortcut {
  /** One or more ways, each a chord of keys. */
  readonly keys: readonly (readonly string[])[];
  readonly does: string;
}

export const shortcuts: readonly { readonly title: string; readonly rows: readonly Shortcut[] }[] = [
  {
    title: 'Anywhere in a lesson',
    rows: [
      { keys: [['Ctrl', 'Enter']], does: 'Check the step at hand, also from a terminal' },
      { keys: [['F6']], does: 'Into the terminal, and out of it: every other key, Tab too, is the shell’s there' },
      { keys: [['?']], does: 'This list, except in a terminal or a field' },
      { keys: [['Esc']], does: 'Closes what is open; ends the typing of an instructor whom you let type' },
    ],
  },
  {
    title: 'On tabs and on the divider',
    rows: [
      { keys: [['←'], ['→']], does: 'The tab beside it; the width of the text' },
      { keys: [['Home'], ['End']], does: 'The first and last tab; the narrowest and widest text' },
      { keys: [['Enter']], does: 'On the tab of a terminal: into the terminal' },
      { keys: [['Delete']], does: 'On the tab of a terminal: closes the terminal' },
    ],
  },
  {
    title: 'In a terminal',
    rows: [
      {
        keys: [
          ['Ctrl', 'Shift', 'C'],
          ['Ctrl', 'Insert'],
        ],
        does: 'Copy what is selected',
      },
      {
        keys: [
          ['Ctrl', 'Shift', 'V'],
          ['Shift', 'Insert'],
        ],
        does: 'Paste',
      },
      { keys: [['Ctrl', 'Shift', 'F']], does: 'Search in the screen and in what scrolled away' },
      { keys: [['Enter'], ['Shift', 'Enter']], does: 'In the search: the next match upwards, and back' },
    ],
  },
];
