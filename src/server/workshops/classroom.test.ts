import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import type { BoardMessage } from '#shared/board.ts';
import type { StepProgress } from '#shared/wire.ts';
import { openWorkshopRecords } from '../../workshops/records.ts';
import { workshopWith } from '../../workshops/testing/workshop.ts';
import { Classroom } from './classroom.ts';
import type { WorkshopPorts } from './ports.ts';

const begun = new Date('2026-03-02T10:00:00Z');
const workshop = workshopWith({ startsAt: begun, seats: 2 });
const atWork: StepProgress = {
  step: 'key-metrics/see',
  state: 'at-work',
  begunAt: begun.toISOString(),
  solutionSeen: false,
  answers: {},
};

/** One learner at work, a board that is open, and a clock that the test sets. */
function open() {
  const workshops = openWorkshopRecords(new DatabaseSync(':memory:'));
  workshops.save(workshop);
  workshops.join({ workshop: 'w1', learner: 'l1', name: 'Ada', joinedAt: begun });
  let now = begun;
  const onMember = vi.fn();
  const ports = {
    workshops,
    records: { progress: () => [atWork], attempts: () => [] },
    lessons: () => [{ slug: 'key-metrics', title: 'Key metrics', steps: [atWork.step] }],
    now: () => now,
  };
  const classroom = new Classroom(ports as unknown as WorkshopPorts, onMember);
  const heard: BoardMessage[] = [];
  const socket = { on: () => undefined, send: (text: string) => heard.push(JSON.parse(text) as BoardMessage) };
  classroom.learnerDid('l1', { what: 'seen' });
  classroom.open(workshop, socket as unknown as WebSocket);
  heard.length = 0;
  return {
    classroom,
    heard,
    onMember,
    minutesLater: (minutes: number) => (now = new Date(begun.getTime() + minutes * 60_000)),
  };
}

test('who falls silent comes up on the board, though silence is no event', () => {
  const { classroom, heard, minutesLater } = open();
  minutesLater(7);
  classroom.timePassed();
  expect(heard).toEqual([]);
  minutesLater(9);
  classroom.timePassed();
  expect(heard).toMatchObject([{ type: 'row', row: { name: 'Ada', why: ['silent for 9 min'] } }]);
  classroom.close();
});

test('a workshop that ends by the clock ends on boards and on the pages of its members', () => {
  const { classroom, heard, onMember, minutesLater } = open();
  classroom.timePassed();
  expect(onMember).not.toHaveBeenCalled();
  minutesLater((workshop.endsAt.getTime() - begun.getTime()) / 60_000);
  classroom.timePassed();
  expect(heard[0]).toMatchObject({ type: 'board', board: { workshop: { state: 'ended' } } });
  expect(onMember.mock.calls).toEqual([['l1']]);
  classroom.close();
});
