/** xterm with what our terminals need of it. */
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import type { TerminalSettings } from './settings.ts';

export interface Emulator {
  readonly terminal: Terminal;
  readonly fit: FitAddon;
  readonly search: SearchAddon;
}

export function makeEmulator(settings: TerminalSettings): Emulator {
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-code') || 'monospace',
    fontSize: settings.fontSize,
    lineHeight: 1.15,
    macOptionIsMeta: true,
    minimumContrastRatio: 4.5,
    screenReaderMode: settings.screenReader,
    scrollback: 5_000,
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new WebLinksAddon());
  // Emoji are two cells wide, as the shell on the host takes them to be; the server's screen measures alike.
  terminal.loadAddon(new UnicodeGraphemesAddon());
  leaveQueriesToServer(terminal);
  return { terminal, fit, search };
}

/** Programs' queries (what are you, where is the cursor) are answered once, by the server's screen: pages keep silent. */
function leaveQueriesToServer(terminal: Terminal): void {
  const silent = () => true;
  for (const id of [
    { final: 'c' },
    { prefix: '>', final: 'c' },
    { final: 'n' },
    { prefix: '?', final: 'n' },
    { intermediates: '$', final: 'p' },
    { prefix: '?', intermediates: '$', final: 'p' },
  ])
    terminal.parser.registerCsiHandler(id, silent);
  terminal.parser.registerDcsHandler({ intermediates: '$', final: 'q' }, silent);
  for (const colour of [4, 10, 11, 12]) terminal.parser.registerOscHandler(colour, (data) => data.includes('?'));
}
