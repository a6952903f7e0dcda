/**
 * How fast a shell may talk. The fastest page that works with it sets the pace: a page that cannot keep up never makes
 * another one wait, it is shown the screen again later. With nobody looking only the server's own screen counts.
 */
import { limits } from './limits.ts';

interface Reader {
  readonly works: boolean;
  readonly behind: boolean;
  readonly unread: number;
}

/** Whether the shell's output must stand still; `paused` says whether it does now (hysteresis). */
export function mustPause(paused: boolean, backlog: number, viewers: Iterable<Reader>): boolean {
  const limit = paused ? limits.low : limits.high;
  if (backlog > limit) return true;
  const workers = [...viewers].filter((viewer) => viewer.works && !viewer.behind);
  return workers.length > 0 && workers.every((viewer) => viewer.unread > limit);
}

/** Those who are so far behind that they are better shown the screen later than sent every byte now. */
export function tooSlow<T extends Reader>(viewers: Iterable<T>): T[] {
  const all = [...viewers].filter((viewer) => !viewer.behind);
  return all.filter((viewer) => {
    const somebodyFaster = all.some((other) => other !== viewer && other.works && other.unread < limits.high);
    return viewer.unread > 2 * limits.high && (somebodyFaster || !viewer.works);
  });
}
