/** A workshop for tests: each says only what it is about. */
import type { Workshop } from '../workshop.ts';

export const workshopWith = (more: Partial<Workshop>): Workshop => ({
  id: 'w1',
  title: 'Spring',
  lessons: ['key-metrics'],
  startsAt: new Date('2026-03-02T10:00:00Z'),
  endsAt: new Date('2026-03-02T12:00:00Z'),
  seats: 30,
  code: 'ACDEFGHJ',
  paused: false,
  archived: false,
  openness: 'all',
  opened: [],
  solutions: 'open',
  instructor: 'Kim',
  instructors: ['Kim'],
  clearedAt: undefined,
  ...more,
});
