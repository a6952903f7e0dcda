/**
 * How often a lab is looked at: every two seconds while somebody views it, else every five, and at once after a change.
 * Every second cost 1.75 % of a core a lab (docs/BENCHMARKS.md, `witness`).
 */
import { setTimeout as pause } from 'node:timers/promises';

const VIEWED = 2_000;
const UNVIEWED = 5_000;
/** A change seldom comes alone: wait this long for its companions. */
const SETTLE = 100;

export interface Pace {
  /** Look soon, without waiting for the next turn. */
  hurry(): void;
  viewed(yes: boolean): void;
}

/** Looks again and again, one look at a time, until the signal aborts. */
export function keepLooking(look: () => Promise<void>, onTrouble: (error: unknown) => void, signal: AbortSignal): Pace {
  let every = VIEWED;
  let turn = new AbortController();
  let hurried = false;

  async function waitForTurn(): Promise<void> {
    turn = new AbortController();
    const either = AbortSignal.any([signal, turn.signal]);
    if (!hurried) await pause(every, undefined, { signal: either }).catch(() => undefined);
    if (hurried) await pause(SETTLE);
    hurried = false;
  }
  async function turns(): Promise<void> {
    while (!signal.aborted) {
      await waitForTurn();
      if (!signal.aborted) await look().catch(onTrouble);
    }
  }
  void turns();

  return {
    hurry() {
      hurried = true;
      turn.abort();
    },
    viewed(yes) {
      if (yes && every !== VIEWED) turn.abort();
      every = yes ? VIEWED : UNVIEWED;
    },
  };
}
