/**
 * The records: attempts go in, progress comes out. One SQLite file under the data folder (node:sqlite, WAL,
 * synchronous=FULL: what was acknowledged is stored). This file is the interface; `open.ts` makes it.
 */
import type { StepId, StepProgress, TimelineEvent, VerdictView, InboxMessage } from '#shared/wire.ts';

export interface Records {
  /** A new self-paced learner; the id is a random 128-bit string. */
  newLearner(): string;
  learnerExists(learner: string): boolean;
  /** Forgets a learner with everything that is stored of them, what happened in their labs included. */
  eraseLearner(learner: string): void;
  /** Stores one check with its evidence, before any page shows it. Beyond 1 000 of a step, old ones by themselves go. */
  addAttempt(attempt: Attempt): void;
  attempts(learner: string, step?: StepId): readonly Attempt[];
  progress(learner: string): readonly StepProgress[];
  /** The step begins in a lab. */
  markAtWork(learner: string, step: StepId): void;
  /** From now on what is met is the solution's work, until the step begins again. */
  skip(learner: string, step: StepId): void;
  solutionSeen(learner: string, step: StepId): void;
  answer(learner: string, step: StepId, question: string, value: string): void;

  /** The learner's lab and how far it was brought; undefined without a lease. */
  lease(learner: string): Lease | undefined;
  leases(): readonly Lease[];
  saveLease(lease: Lease): void;
  /** With it goes what happened in the lab: nobody looks there again, and a learner may use up many labs. */
  endLease(learner: string): void;
  /** The step's start in this lab: nonce, time and baseline. */
  begin(lab: string, step: StepId): Begin | undefined;
  saveBegin(lab: string, step: StepId, begin: Begin): void;
  forgetBegins(lab: string): void;

  /** Append-only; at most 5 000 events a lab, the oldest go first. Returns the stored event with its id. */
  addEvent(lab: string, event: Omit<TimelineEvent, 'id'>): TimelineEvent;
  events(lab: string, since?: Date): readonly TimelineEvent[];
  /** At most 500 messages a lab, 64 KiB raw each. */
  addMessage(lab: string, message: Omit<InboxMessage, 'id'>): InboxMessage;
  messages(lab: string, since?: Date): readonly InboxMessage[];
  close(): void;
}

export interface Attempt {
  readonly learner: string;
  readonly step: StepId;
  readonly at: Date;
  /** 'asked': by button · 'auto': a command ended or the lab changed */
  readonly why: 'asked' | 'auto';
  readonly verdict: VerdictView;
  /** Plain JSON as collected; at most 64 KiB, else cut and said so. */
  readonly evidence: unknown;
}

export interface Lease {
  readonly learner: string;
  readonly lab: string;
  readonly lesson: string | undefined;
  readonly begunAt: Date;
  /** Last time somebody worked with it. */
  readonly usedAt: Date;
  /** Extensions by click, in milliseconds. */
  readonly extended: number;
}

export interface Begin {
  readonly nonce: string;
  readonly at: Date;
  readonly baseline: unknown;
}
