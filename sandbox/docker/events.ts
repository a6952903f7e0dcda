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

export interface HostWatchParts {
  readonly docker: Docker;
  readonly instance: string;
  readonly onEvent: (event: HostEvent) => void;
  /** The stream of events had ended and is there again. */
  readonly onResumed: (() => void) | undefined;
  readonly signal: AbortSignal;
}

/** Milliseconds between two tries to have the engine's events. */
const retryAfter = 500;

export function watchHosts({ docker, instance, onEvent, onResumed, signal }: HostWatchParts): void {
  const isNews = onlyNews();
  const labelsOf = labelsByContainer(docker);
  const tell = async (event: EngineEvent): Promise<void> => {
    const what = meanings[`${event.Type} ${event.Action}`];
    if (what === undefined || !isNews(what, containerOf(event))) return;
    const { [label.instance]: of, [label.lab]: lab, [label.host]: host } = await labelsOf(event);
    if (of !== instance || lab === undefined || host === undefined) return;
    onEvent({ lab, host: host as HostName, what, at: new Date(event.timeNano / 1e6) });
  };
  void (async () => {
    let since = Date.now();
    let hadStream = false;
    while (!signal.aborted) {
      // An engine that does not answer is asked again: whoever needs it now hears of it from their own calls.
      await follow(docker, since, signal, {
        onStream() {
          if (hadStream) onResumed?.();
          hadStream = true;
        },
        async onEvent(event) {
          since = Math.max(since, Math.floor(event.timeNano / 1e6) + 1);
          await tell(event);
        },
      }).catch(() => {});
      await wait(retryAfter, undefined, { signal }).catch(() => {});
    }
  })();
}

/**
 * The engine also tells a host's network with every start and stop, and at times twice. News is only when a host that
 * is up loses its network, and when it gets it back.
 */
function onlyNews(): (what: HostEvent['what'], container: string) => boolean {
  const down = new Set<string>();
  const cutOff = new Set<string>();
  return (what, container) => {
    if (what === 'died') down.add(container);
    if (what === 'started') down.delete(container);
    if (what === 'connected') return cutOff.delete(container);
    if (what !== 'disconnected') return true;
    const news = !down.has(container) && !cutOff.has(container);
    if (news) cutOff.add(container);
    return news;
  };
}

/** Network events carry no labels of the host: they are remembered from its other events, or asked for. */
function labelsByContainer(docker: Docker): (event: EngineEvent) => Promise<Labels> {
  const known = new Map<string, Labels>();
  return async (event) => {
    const container = containerOf(event);
    const labels =
      event.Type === 'container'
        ? event.Actor.Attributes
        : (known.get(container) ??
          (await docker
            .getContainer(container)
            .inspect()
            .then(
              ({ Config }) => Config.Labels,
              () => ({}),
            )));
    if (event.Action === 'die') known.delete(container);
    else known.set(container, labels);
    return labels;
  };
}

function containerOf({ Type, Actor }: EngineEvent): string {
  return Type === 'container' ? Actor.ID : (Actor.Attributes['container'] ?? '');
}

/** Resolves when the engine ends the stream; events of the time without one are asked for by `since`. */
async function follow(
  docker: Docker,
  since: number,
  signal: AbortSignal,
  on: { readonly onStream: () => void; readonly onEvent: (event: EngineEvent) => Promise<void> },
): Promise<void> {
  const stream = (await docker.getEvents({
    since: (since / 1000).toFixed(3) as unknown as number,
    filters: {
      type: ['container', 'network'],
      event: ['start', 'die', 'stop', 'pause', 'unpause', 'oom', 'connect', 'disconnect'],
    },
    abortSignal: signal,
  })) as Readable;
  stream.on('error', () => {});
  const stop = () => stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    on.onStream();
    for await (const line of createInterface({ input: stream })) await on.onEvent(JSON.parse(line) as EngineEvent);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
