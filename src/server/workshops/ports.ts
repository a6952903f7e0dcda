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
    /** A fresh lab at the start of the lesson it stood at. */
    reset(learner: string): Promise<void>;
    /**
     * A fresh lab at the lesson: at the step, or at the first one that the learner has not done. Steps before it that
     * were not done are recorded as skipped. Throws when something is being done to the lab; it is made when `settled`.
     */
    bring(learner: string, lesson: string, step: StepId | undefined): void;
    /** Resolves when the lab that is being made is ready, with the step it stands at; rejects with why it is not. */
    settled(learner: string, lesson: string): Promise<StepId | undefined>;
    /** Spares for the lesson, ahead of a class, as many as fit; none for 0. */
    book(lesson: string | undefined, count: number): void;
  };
  /** What an instructor did goes on the timeline of the learner's lab, if there is one. */
  readonly note: (learner: string, text: string, by: string) => void;
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
