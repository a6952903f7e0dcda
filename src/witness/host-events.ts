/** One stream of the engine's events for all witnesses of this process. */
import { EventEmitter } from 'node:events';
import type { HostEvent, SandboxDriver } from '#sandbox/driver.ts';

export interface HostEvents {
  /** Hands over the host events of one lab until the signal aborts. */
  subscribe(lab: string, onEvent: (event: HostEvent) => void, signal: AbortSignal): void;
}

/** @param onResumed the engine's events had broken off and come again: it may have been restarted. */
export function shareHostEvents(
  driver: Pick<SandboxDriver, 'watch'>,
  signal: AbortSignal,
  onResumed?: () => void,
): HostEvents {
  const labs = new EventEmitter<Record<string, [HostEvent]>>();
  driver.watch((event) => labs.emit(`lab:${event.lab}`, event), signal, onResumed);
  return {
    subscribe(lab, onEvent, until) {
      labs.on(`lab:${lab}`, onEvent);
      until.addEventListener('abort', () => labs.off(`lab:${lab}`, onEvent), { once: true });
    },
  };
}
