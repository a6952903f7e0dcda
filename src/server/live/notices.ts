/**
 * What instructors said to a learner, for pages that were not open when it was said, or were loaded again. In memory
 * only: words to a class are not kept beyond it. The page knows which of them its reader has dismissed.
 */
import { randomUUID } from 'node:crypto';
import type { Notice } from '#shared/wire.ts';

export interface Notices {
  /** Gives the notice its id, and keeps it. */
  keep(learner: string, notice: Notice): Notice;
  /** Oldest first. */
  of(learner: string): readonly Notice[];
  forget(learner: string): void;
}

/** So many for a learner; older ones have had their time. */
const most = 5;
/** Milliseconds: by then the class is over. */
const keptFor = 8 * 60 * 60_000;

export function keptNotices(now: () => number = Date.now): Notices {
  const kept = new Map<string, readonly { readonly at: number; readonly notice: Notice }[]>();
  const fresh = (learner: string) => (kept.get(learner) ?? []).filter(({ at }) => now() - at < keptFor);
  return {
    keep(learner, notice) {
      const named = { ...notice, id: randomUUID() };
      kept.set(learner, [...fresh(learner), { at: now(), notice: named }].slice(-most));
      return named;
    },
    of: (learner) => fresh(learner).map(({ notice }) => notice),
    forget: (learner) => void kept.delete(learner),
  };
}
