/** The only instrument a checker may look with. A Redis that is down is evidence, never an exception. */
import type { CommandResult, FaultKind, RunOptions } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { InboxMessage, TimelineEvent } from '#shared/wire.ts';

/** A Redis (or Sentinel) answer, or why there was none. */
export type Answer =
  | { readonly ok: true; readonly value: RedisValue }
  | {
      readonly ok: false;
      readonly why: 'host-down' | 'refused' | 'timeout' | 'password' | 'error';
      readonly text: string;
    };
export type RedisValue = string | number | null | readonly RedisValue[] | { readonly [key: string]: RedisValue };

export type HttpAnswer =
  | { readonly ok: true; readonly status: number; readonly body: string }
  | { readonly ok: false; readonly why: 'host-down' | 'refused' | 'timeout'; readonly text: string };

export interface Probe {
  /** 16 random hex digits, new for each begin of a step: canary keys carry it. */
  readonly nonce: string;
  /** When the step began: older events do not count. */
  readonly begunAt: Date;
  readonly signal: AbortSignal;
  readonly hosts: readonly HostName[];
  address(host: HostName): string;
  hostState(host: HostName): Promise<'running' | 'paused' | 'stopped' | 'missing'>;
  /** Runs a command as root on a host. A host that is down answers with code 125 and `stderr` saying so. */
  run(host: HostName, command: string | readonly string[], options?: RunOptions): Promise<CommandResult>;
  /** Text of a file, undefined when it is not there. */
  readFile(host: HostName, path: string): Promise<string | undefined>;
  /** One command to the server on that port (default 6379), with the password its own configuration names if it asks for one. */
  redis(host: HostName, command: readonly (string | number)[], port?: number): Promise<Answer>;
  /** INFO as key → value ('everything' sections); undefined when the server does not answer. */
  info(host: HostName, port?: number): Promise<Readonly<Record<string, string>> | undefined>;
  http(
    host: HostName,
    port: number,
    path: string,
    init?: { method?: string; body?: string; headers?: Record<string, string> },
  ): Promise<HttpAnswer>;
  /** The learner's answers to this step's quiz questions, by question id. */
  readonly answers: Readonly<Record<string, string>>;
  /** What the witness saw since the step began, oldest first. */
  timeline(): readonly TimelineEvent[];
  /** What arrived in the lab's inbox since the step began, oldest first. */
  inbox(): readonly InboxMessage[];
  /** Polls until `look` returns something other than undefined; undefined when `milliseconds` have passed. */
  until<T>(look: () => Promise<T | undefined> | T | undefined, milliseconds: number): Promise<T | undefined>;
}

/** For `begin`: may also write. */
export interface Planting extends Probe {
  /** True when the lab was just prepared (and not when a step begins in the middle). */
  readonly fresh: boolean;
}

/** For drills: may also break and mend. Whatever is still broken when the drill ends is mended by the runner. */
export interface Drilling extends Probe {
  fault(kind: FaultKind, host: HostName): Promise<void>;
  mend(kind: FaultKind, host: HostName): Promise<void>;
  /** How to undo what the drill does by commands. It is done when the drill ends, however it ends, last first. */
  undoAfter(undo: (probe: Probe) => Promise<unknown>): void;
  /** Told to the learner while the drill runs ("redis-1 is down; waiting for a new master"). */
  say(text: string): void;
  /** A client that writes numbered records to whoever is master, until `stop`; see witness/writer. */
  startWriter(): Promise<Writer>;
}

export interface Writer {
  /** Stops, reads back, and tells what an application would have met. */
  stop(): Promise<WriterReport>;
}

export interface WriterReport {
  readonly [key: string]: number | readonly number[] | undefined;
  /** Writes the server confirmed. */
  readonly acknowledged: number;
  /** Confirmed writes that are not there any more. */
  readonly lost: number;
  /** Longest time without a confirmed write, in milliseconds. */
  readonly longestGap: number;
}
