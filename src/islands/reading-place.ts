/** Which part of a lesson the reader is at, and where they were when they left, remembered in this browser. */
const keyOf = (lesson: string): string => `clinic:place:${lesson}`;

/** The last of the parts whose beginning is above the upper third of the window; the first one before that. */
export function partAtHand(parts: readonly HTMLElement[]): HTMLElement | undefined {
  const line = window.innerHeight / 3;
  const begun = parts.filter((part) => part.getBoundingClientRect().top <= line);
  return begun.at(-1);
}

export function keepPlace(lesson: string, part: string | undefined): void {
  try {
    if (part) localStorage.setItem(keyOf(lesson), part);
    else localStorage.removeItem(keyOf(lesson));
  } catch {
    // Not remembered where storage is closed to us.
  }
}

/** The id of the part, when the reader had gone past the beginning. */
export function placeIn(lesson: string): string | undefined {
  try {
    return localStorage.getItem(keyOf(lesson)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Calls back after the window was scrolled or changed its size, once a frame at most, and once at the beginning. */
export function onScroll(handle: () => void): void {
  let waiting = false;
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      handle();
    });
  };
  addEventListener('scroll', soon, { passive: true });
  addEventListener('resize', soon, { passive: true });
  soon();
}
