/** What a lesson is to the code: its topology, its steps in order, and how a fresh lab is brought to its start. */
import type { CommandResult } from '#sandbox/driver.ts';
import type { HostName, TopologyId } from '#sandbox/topologies.ts';
import type { Answer, RedisValue } from './probe.ts';
import type { Checker } from './define.ts';

export interface Lesson {
  /** The folder's name without its number: 'key-metrics' in lessons/01-key-metrics. Part of every URL and record. */
  readonly slug: string;
  readonly topology: TopologyId;
  /** In order. Each `checker.step` is `${slug}/${step id}`. */
  readonly steps: readonly LessonStep[];
  /** Brings a fresh lab of the topology to the lesson's start, in under 10 s where no failover is waited for. */
  readonly prepare: (tools: PrepareTools) => Promise<void>;
}

export interface LessonStep {
  readonly checker: Checker;
  /** The wall time in minutes that a learner needs; shown, and the start of the class's median. */
  readonly minutes: number;
  /** Quiz questions of the step, judged by the checker from `probe.answers`. */
  readonly questions?: readonly Question[];
}

export interface Question {
  readonly id: string;
  readonly asks: string;
  /** Shown behind the field: '%', 'ops/s', … */
  readonly unit?: string;
  /** For a choice instead of a field. */
  readonly choices?: readonly { readonly value: string; readonly text: string }[];
}

export interface PrepareTools {
  /** One line for the learner: "Starting three Redis servers". */
  say(text: string): void;
  /** Runs a bash script as root; throws, with the end of its output, when it fails. */
  run(host: HostName, script: string, options?: { input?: string; timeout?: number }): Promise<CommandResult>;
  redis(host: HostName, command: readonly (string | number)[], port?: number): Promise<Answer>;
  address(host: HostName): string;
  /** Polls until true; throws naming `what` after the time (milliseconds, default 10 000). */
  waitFor(what: string, look: () => Promise<boolean>, milliseconds?: number): Promise<void>;
}

export const defineLesson = (lesson: Lesson): Lesson => lesson;
export type { RedisValue };
