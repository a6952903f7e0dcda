/**
 * What the rest of the house knows of the machines in a lab: this interface and its errors. Only `sandbox/docker`
 * names Docker. A fake may stand here in unit tests, if it passes `sandbox/contract.ts`.
 */
import type { Duplex } from 'node:stream';
import type { HostName, Topology } from './topologies.ts';

export interface SandboxDriver {
  /** Makes a lab with all hosts of the topology running. All or nothing: what was half made is undone inside. */
  create(id: string, topology: Topology): Promise<Lab>;
  /** The lab with this id as its labels tell, also one made by an earlier process; undefined when there is none. */
  find(id: string): Promise<Lab | undefined>;
  /** Ends every host and the network of a lab. Removing what is gone succeeds. */
  remove(id: string): Promise<void>;
  /** Every lab of this installation, whole or half, for the reaper and for a start after a crash. */
  list(): Promise<readonly LabSummary[]>;
  /** What each running host of this installation has written to its disk. Costs the engine a walk through those files. */
  written(): Promise<readonly Written[]>;
  /**
   * Host events (start, die, pause, …) of all labs of this installation, until the signal aborts. `onResumed`: they had
   * broken off and come again, so the engine may have been restarted, which stops every host and need not have been told.
   */
  watch(onEvent: (event: HostEvent) => void, signal: AbortSignal, onResumed?: () => void): void;
  /** Throws `EngineUnreachable` when the engine does not answer within 2 s. */
  ping(): Promise<void>;
}

export interface LabSummary {
  readonly id: string;
  readonly topology: string;
  /** False when hosts or the network are missing, or were made from another version of the lab image. */
  readonly whole: boolean;
  readonly createdAt: Date;
}

export interface Written {
  readonly lab: string;
  readonly host: HostName;
  /** What it keeps beyond its image. What lies in memory (/tmp, /run, /dev/shm) does not count. */
  readonly bytes: number;
}

export interface HostEvent {
  readonly lab: string;
  readonly host: HostName;
  readonly what:
    'started' | 'died' | 'stopped' | 'paused' | 'unpaused' | 'connected' | 'disconnected' | 'out-of-memory';
  readonly at: Date;
}

export interface Lab {
  readonly id: string;
  readonly topology: Topology;
  /** The fixed address of a host on the lab's own network, for texts shown to the learner; code uses names. */
  address(host: HostName): string;
  /** Runs a command to its end; a string is a bash script. Default user root, which the learner's shell is not. */
  run(host: HostName, command: string | readonly string[], options?: RunOptions): Promise<CommandResult>;
  /** A port of a host as seen from inside it (127.0.0.1). Rejects with `PortRefused` when nothing listens there. */
  dial(host: HostName, port: number): Promise<Duplex>;
  /** Listens on a port inside a host and hands each connection out, until the signal aborts. Nothing is published. */
  listen(host: HostName, port: number, onConnection: (stream: Duplex) => void, signal: AbortSignal): void;
  /** A login shell of the learner. */
  openTerminal(host: HostName, size: TerminalSize): Promise<Terminal>;
  /** 'host down' is a power cut (SIGKILL of everything on it). A fault that is already there succeeds. */
  fault(kind: FaultKind, host: HostName): Promise<void>;
  /** Undoes the fault; after 'host-down' the services that were enabled on the host start again. */
  mend(kind: FaultKind, host: HostName): Promise<void>;
  /** Removes one host and makes it anew from the image, with its old address. */
  replaceHost(host: HostName): Promise<void>;
  hostState(host: HostName): Promise<'running' | 'paused' | 'stopped' | 'missing'>;
  /** Paths of the image's programs that were changed, removed or put behind others on this host since it was made. */
  changedPrograms(host: HostName): Promise<readonly string[]>;
}

/** host-down: power cut · host-paused: frozen, not dead · host-cut-off: no network */
export type FaultKind = 'host-down' | 'host-paused' | 'host-cut-off';

export interface RunOptions {
  readonly user?: 'root' | 'learner' | 'redis';
  /** Milliseconds; the command is killed then and the result says `timedOut`. Default 10 000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes of stdout kept; what is beyond is dropped. Default 4 MiB. */
  readonly maxOutput?: number;
  /** Called with each line of stdout when it is whole, while the command runs; of a longer one, `maxOutput` bytes. */
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** A shell on a host. It lives until closed, whoever looks or does not look. */
export interface Terminal {
  /** What the shell does not read waits, up to 1 MiB; beyond that it is dropped, as a tty drops what its queue cannot hold. */
  write(data: Uint8Array): void;
  resize(size: TerminalSize): Promise<void>;
  /** Raw tty bytes; pausing it pauses the engine's stream. */
  readonly output: NodeJS.ReadableStream;
  /** Resolves with the shell's exit status when it has ended by itself or was closed. */
  readonly ended: Promise<number>;
  /** Ends the shell and every child (HUP, then KILL). */
  close(): Promise<void>;
}

/** The engine does not answer: an error, not evidence. */
export class EngineUnreachable extends Error {
  override name = 'EngineUnreachable';
}
/** No room: networks, memory or disk. The message says which and what the operator may do. */
export class NoRoom extends Error {
  override name = 'NoRoom';
}
/** The host is stopped, paused or gone. Evidence for a checker, not a failure. */
export class HostDown extends Error {
  override name = 'HostDown';
}
/** Nothing listens on the dialled port. */
export class PortRefused extends Error {
  override name = 'PortRefused';
}
