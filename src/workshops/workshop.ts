/** A workshop: one run of the course for a group. Pure: what it is and which state it is in at a time. */
import { randomInt } from 'node:crypto';
import type { WorkshopState, WorkshopView } from '#shared/board.ts';

export interface Workshop {
  readonly id: string;
  readonly title: string;
  readonly lessons: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly seats: number;
  readonly code: string;
  readonly paused: boolean;
  readonly archived: boolean;
  readonly openness: 'all' | 'opened';
  readonly opened: readonly string[];
  /** open: learners may look at solutions (it is recorded) · locked: only the ones an instructor has unlocked for them */
  readonly solutions: 'open' | 'locked';
  /** Who made it: the login's name. */
  readonly instructor: string;
  /** Who may act in it, by the names of their logins: who made it, and colleagues who said that they help. */
  readonly instructors: readonly string[];
  /** When its learners' data was removed because its time was over. */
  readonly clearedAt: Date | undefined;
}

export interface Member {
  readonly workshop: string;
  readonly learner: string;
  readonly name: string;
  /** Counted in the order of joining, from 1: what stands for the name where names are hidden. It never changes. */
  readonly number: number;
  readonly joinedAt: Date;
}

/** No 0/O, 1/I/L, 5/S, 8/B, and no Z beside the 2: a code is read from a projector and typed. */
const codeLetters = 'ACDEFGHJKMNPQRTUVWXY234679';
const codeLength = 8;

export const newCode = (): string =>
  Array.from({ length: codeLength }, () => codeLetters.charAt(randomInt(codeLetters.length))).join('');

/** What a person types for a code: spaces, dashes and small letters do not matter. */
export const tidyCode = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase();

export function stateOf(workshop: Workshop, now: Date): WorkshopState {
  if (workshop.archived) return 'archived';
  if (now >= workshop.endsAt) return 'ended';
  if (now < workshop.startsAt) return 'planned';
  return workshop.paused ? 'paused' : 'running';
}

export const viewOf = (workshop: Workshop, members: number, now: Date): WorkshopView => ({
  id: workshop.id,
  title: workshop.title,
  lessons: workshop.lessons,
  startsAt: workshop.startsAt.toISOString(),
  endsAt: workshop.endsAt.toISOString(),
  seats: workshop.seats,
  code: workshop.code,
  state: stateOf(workshop, now),
  openness: workshop.openness,
  opened: workshop.opened,
  solutions: workshop.solutions,
  members,
  instructor: workshop.instructor,
  instructors: workshop.instructors,
  ...(workshop.clearedAt ? { clearedAt: workshop.clearedAt.toISOString() } : {}),
});

/** Why a member may not enter a lesson now, in words for the learner; undefined when it is open. */
export function closedBecause(workshop: Workshop, lesson: string, now: Date): string | undefined {
  const state = stateOf(workshop, now);
  if (state === 'planned') return `The workshop begins ${workshop.startsAt.toISOString()}; its lessons open then.`;
  if (state === 'paused') return 'The instructor has paused the workshop. It goes on in a moment.';
  if (state === 'ended' || state === 'archived') return 'The workshop has ended; what you did is kept.';
  if (!workshop.lessons.includes(lesson)) return `The lesson "${lesson}" is not part of this workshop.`;
  if (workshop.openness === 'opened' && !workshop.opened.includes(lesson))
    return 'The instructor has not opened this lesson yet.';
  return undefined;
}
