/** What a learner set for all terminals, remembered in this browser. */
export interface TerminalSettings {
  readonly fontSize: number;
  readonly screenReader: boolean;
}

export const fontSizes = { smallest: 9, usual: 14, largest: 28 } as const;

const key = 'clinic:terminal';
const usual: TerminalSettings = { fontSize: fontSizes.usual, screenReader: false };

export function readSettings(): TerminalSettings {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<TerminalSettings>;
    return { fontSize: within(kept.fontSize ?? usual.fontSize), screenReader: kept.screenReader === true };
  } catch {
    // Storage closed to us, or written by somebody else.
    return usual;
  }
}

export function keepSettings(settings: TerminalSettings): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // Not remembered where storage is closed; it still holds for this page.
  }
}

export const within = (size: number): number =>
  Number.isFinite(size) ? Math.min(fontSizes.largest, Math.max(fontSizes.smallest, size)) : fontSizes.usual;
