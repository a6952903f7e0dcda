/** What the workshop rooms need of the rest of the house; the composition root fits it together. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { Records } from '../../progress/records.ts';
import type { WorkshopRecords } from '../../workshops/records.ts';
import type { LiveMessage, StepId, TerminalView } from '#shared/wire.ts';

export interface LessonPlace {
  readonly slug: string;
  readonly title: string;
  readonly steps: readonly StepId[];
}

/** What a learner did that a board shows. */
export type LearnerEvent =
  { readonly what: 'progress' | 'seen' } | { readonly what: 'command'; readonly host: string; readonly status: number };

export interface WorkshopPorts {
  readonly records: Records;
  readonly workshops: WorkshopRecords;
  /** The course in order. */
  readonly lessons: () => readonly LessonPlace[];
  /** To every open page of a learner. */
  readonly push: (learner: string, message: LiveMessage) => void;
  readonly labs: {
    /** More time for a learner's lab. */
    extend(learner: string, minutes: number): Promise<void>;
    /** A fresh lab at the start of the lesson it stood at, or of the named one. */
    reset(learner: string, lesson?: string): Promise<void>;
    /** Spares for the lesson, ahead of a class, as many as fit; none for 0. */
    book(lesson: string | undefined, count: number): void;
  };
  readonly terminals: {
    list(learner: string): readonly TerminalView[];
    /** Joins as a viewer; what comes from the socket is thrown away unless `mayType()` says so. */
    look(learner: string, terminal: string, socket: WebSocket, mayType: () => boolean): boolean;
  };
  readonly sessions: {
    signIn(request: IncomingMessage, response: ServerResponse, instructor: string): void;
    signOut(request: IncomingMessage, response: ServerResponse): void;
    /** From now on this browser's session is that learner. */
    become(request: IncomingMessage, response: ServerResponse, learner: string): void;
  };
  /** Undefined when this server has no instructor's secret. */
  readonly instructorSecret: string | undefined;
  /** As seen by learners, e.g. http://127.0.0.1:4321 */
  readonly origin: string;
  readonly now: () => Date;
}
