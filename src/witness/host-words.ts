/** What the engine's events about a host mean for its state, and how they are told to people. */
import type { HostEvent } from '#sandbox/driver.ts';
import type { HostPicture } from '#shared/wire.ts';

type State = HostPicture['state'];

const states: Partial<Record<HostEvent['what'], State>> = {
  started: 'running',
  unpaused: 'running',
  died: 'stopped',
  stopped: 'stopped',
  paused: 'paused',
};

/** Losing the network or a process to the memory limit leaves the host as it was. */
export const stateAfter = (what: HostEvent['what'], before: State): State => states[what] ?? before;

const sentences: Record<HostEvent['what'], string> = {
  started: 'is running',
  died: 'went down',
  stopped: 'was stopped',
  paused: 'is frozen',
  unpaused: 'goes on after being frozen',
  connected: 'has its network again',
  disconnected: 'has lost its network',
  'out-of-memory': 'ran out of memory: a process on it was killed',
};

export const sayHostEvent = (host: string, what: HostEvent['what']): string => `${host} ${sentences[what]}`;
