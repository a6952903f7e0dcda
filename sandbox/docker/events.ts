/** Host events as the engine tells them. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { HostEvent } from '../driver.ts';
import type { HostName } from '../topologies.ts';
import { label } from './labels.ts';
import type { Labels } from './labels.ts';

interface EngineEvent {
  readonly Type: string;
  readonly Action: string;
  readonly timeNano: number;
  readonly Actor: { readonly ID: string; readonly Attributes: Labels };
}

const meanings: Readonly<Record<string, HostEvent['what']>> = {
  'container start': 'started',
  'container die': 'died',
  'container stop': 'stopped',
  'container pause': 'paused',
  'container unpause': 'unpaused',
  'container oom': 'out-of-memory',
  'network connect': 'connected',
  'network disconnect': 'disconnected',
};

export function watchHosts(
  docker: Docker,
  instance: string,
  onEvent: (event: HostEvent) => void,
  signal: AbortSignal,
): void {
  const cutOff = new Set<string>();
  const tell = async (event: EngineEvent): Promise<void> => {
    const what = meanings[`${event.Type} ${event.Action}`];
    if (what === undefined) return;
    const labels = event.Type === 'network' ? await cutOrJoined(docker, event, cutOff) : event.Actor.Attributes;
    const { [label.lab]: lab, [label.host]: host } = labels ?? {};
    if (labels?.[label.instance] !== instance || lab === undefined || host === undefined) return;
    onEvent({ lab, host: host as HostName, what, at: new Date(event.timeNano / 1e6) });
  };
  void (async () => {
    let since = Date.now();
    while (!signal.aborted) {
      await follow(docker, since, signal, async (event) => {
        since = Math.max(since, Math.floor(event.timeNano / 1e6) + 1);
        await tell(event);
      }).catch(() => {});
      await wait(500, undefined, { signal }).catch(() => {});
    }
  })();
}

/**
 * Network events carry no labels of the host, come twice at times, and also with every start and stop. Only a running
 * host that loses its network, and gets it back, is told.
 */
async function cutOrJoined(docker: Docker, event: EngineEvent, cutOff: Set<string>): Promise<Labels | undefined> {
  const id = event.Actor.Attributes['container'] ?? '';
  const leaves = event.Action === 'disconnect';
  if (leaves === cutOff.has(id)) return undefined;
  const found = await docker
    .getContainer(id)
    .inspect()
    .catch(() => undefined);
  if (leaves && found?.State.Running) cutOff.add(id);
  else cutOff.delete(id);
  return found?.State.Running ? found.Config.Labels : undefined;
}

/** Resolves when the engine ends the stream; events of the time without one are asked for by `since`. */
async function follow(
  docker: Docker,
  since: number,
  signal: AbortSignal,
  onEvent: (event: EngineEvent) => Promise<void>,
) {
  const stream = (await docker.getEvents({
    since: (since / 1000).toFixed(3) as unknown as number,
    filters: {
      type: ['container', 'network'],
      event: ['start', 'die', 'stop', 'pause', 'unpause', 'oom', 'connect', 'disconnect'],
    },
    abortSignal: signal,
  })) as Readable;
  stream.on('error', () => {});
  signal.addEventListener('abort', () => stream.destroy(), { once: true });
  for await (const line of createInterface({ input: stream })) await onEvent(JSON.parse(line) as EngineEvent);
}
