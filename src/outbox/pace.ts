/** How long the outbox waits, and when it gives up. */

const first = 5_000;
const longest = 3_600_000;
/** A long weekend: whoever runs the other system may mend it on Monday. Milliseconds. */
const patience = 4 * 24 * 3_600_000;

/** Milliseconds to the next try after so many failures in a row: doubling, an hour at most; at once after none. */
export const waitAfter = (failures: number): number =>
  failures === 0 ? 0 : Math.min(first * 2 ** (failures - 1), longest);

export const isOver = (madeAt: Date, now: Date): boolean => now.getTime() - madeAt.getTime() > patience;
