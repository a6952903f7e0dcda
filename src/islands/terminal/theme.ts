/** The colours of the terminals: surface and ink are the page's own, the sixteen of ANSI are chosen for each theme. */
import type { ITheme } from '@xterm/xterm';

// prettier-ignore
const ansi = {
  light: {
    black: '#1d2230', red: '#b3261e', green: '#1b6b45', yellow: '#854700',
    blue: '#2456b8', magenta: '#8a2a7c', cyan: '#0f6674', white: '#6b6f7c',
    brightBlack: '#565b69', brightRed: '#c8362c', brightGreen: '#217a50', brightYellow: '#985300',
    brightBlue: '#2f66d0', brightMagenta: '#9c3a8e', brightCyan: '#147787', brightWhite: '#3a4050',
  },
  dark: {
    black: '#3a4050', red: '#ff8a78', green: '#7fd1a1', yellow: '#f0b45c',
    blue: '#8fb4ff', magenta: '#e39bd8', cyan: '#79d0dc', white: '#d8d3c8',
    brightBlack: '#8b90a0', brightRed: '#ffab9c', brightGreen: '#a3e3be', brightYellow: '#ffd08a',
    brightBlue: '#b3ccff', brightMagenta: '#f2bbe9', brightCyan: '#a3e4ec', brightWhite: '#ffffff',
  },
} as const;

/** The theme as the page shows it now. `frame` has the terminal's surface and ink as its own colours. */
export function themeOf(frame: Element): ITheme {
  const { backgroundColor, color } = getComputedStyle(frame);
  const dark = isDark();
  return {
    ...ansi[dark ? 'dark' : 'light'],
    background: backgroundColor,
    foreground: color,
    cursor: color,
    cursorAccent: backgroundColor,
    selectionBackground: dark ? '#3d4a6b' : '#cdd9f2',
    selectionInactiveBackground: dark ? '#2c3448' : '#e0e5ee',
  };
}

// prettier-ignore
const matches = {
  light: { match: '#f7dca8', active: '#854700' },
  dark: { match: '#5a431a', active: '#f0b45c' },
} as const;

/** How what was searched for is marked: a ground for each place, and a border round the one at hand. */
export function matchColours() {
  const { match, active } = matches[isDark() ? 'dark' : 'light'];
  return {
    matchBackground: match,
    matchOverviewRuler: active,
    activeMatchBackground: match,
    activeMatchBorder: active,
    activeMatchColorOverviewRuler: active,
  };
}

/** Calls back when the page's theme or the reader's system changes. */
export function onThemeChange(handle: () => void): () => void {
  const watcher = new MutationObserver(handle);
  watcher.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  system.addEventListener('change', handle);
  return () => {
    watcher.disconnect();
    system.removeEventListener('change', handle);
  };
}

const system = matchMedia('(prefers-color-scheme: dark)');
const isDark = (): boolean =>
  (document.documentElement.dataset['theme'] ?? (system.matches ? 'dark' : 'light')) === 'dark';
