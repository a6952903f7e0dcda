import { expect, test } from 'vitest';
import { workshopWith } from '../../workshops/testing/workshop.ts';
import type { Workshop } from '../../workshops/workshop.ts';
import { dueWorkshop } from './warming.ts';

const minute = 60_000;
const now = new Date('2026-03-02T10:00:00Z');
const inMinutes = (minutes: number, more: Partial<Workshop> = {}): Workshop =>
  workshopWith({
    id: `at ${minutes}`,
    startsAt: new Date(now.getTime() + minutes * minute),
    endsAt: new Date(now.getTime() + (minutes + 120) * minute),
    ...more,
  });

test('labs are made for the workshop that starts next, from ten minutes before it', () => {
  expect(dueWorkshop([inMinutes(30), inMinutes(9), inMinutes(5)], now)?.id).toBe('at 5');
  expect(dueWorkshop([inMinutes(11)], now)).toBeUndefined();
});

test('late learners find a spare for a quarter of an hour; then, and for one that is archived, none is made', () => {
  expect(dueWorkshop([inMinutes(-14)], now)?.id).toBe('at -14');
  expect(dueWorkshop([inMinutes(-16)], now)).toBeUndefined();
  expect(dueWorkshop([inMinutes(1, { archived: true })], now)).toBeUndefined();
});
