/** How long the data of a workshop's learners is kept, and whose time is over. Pure. */
import type { Workshop } from './workshop.ts';

const day = 24 * 3_600_000;

/** The moment before which a workshop must have ended, or a learner must have stopped working, to be forgotten now. */
export const keptSince = (now: Date, days: number): Date => new Date(now.getTime() - days * day);

/** Workshops that ended so many days ago and whose learners' data is still there. */
export const overdue = (workshops: readonly Workshop[], now: Date, days: number): readonly Workshop[] =>
  workshops.filter(({ endsAt, clearedAt }) => clearedAt === undefined && endsAt <= keptSince(now, days));
