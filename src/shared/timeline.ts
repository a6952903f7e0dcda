/**
 * The closed list of what a timeline can tell, with the data each kind carries. Events are only ever added; a checker
 * reads them with `eventsOf`, which keeps the kind and its data together.
 */
import type { TimelineEvent } from './wire.ts';

/** What each kind of event carries in `data`. Hosts are named as in the topology; an unknown address stays an address. */
export interface EventData {
  /** A host runs, for the first time or again. */
  'host-started': Nothing;
  /** A host ended without being asked to: a power cut, or its first process died. */
  'host-died': Nothing;
  /** A host was stopped in an orderly way. */
  'host-stopped': Nothing;
  /** A host is frozen: alive, but nothing on it moves. */
  'host-paused': Nothing;
  'host-unpaused': Nothing;
  /** A host lost its network. */
  'host-disconnected': Nothing;
  'host-connected': Nothing;
  /** A process on the host was killed because the host's memory was used up. */
  'host-out-of-memory': Nothing;

  /** A Redis answers: the first one seen, or another process than before (another run_id). */
  'redis-up': { readonly runId: string; readonly role: Role; readonly keys: number; readonly aof: boolean };
  /** A Redis that answered does not any more: stopped, killed, or its host is gone. */
  'redis-down': { readonly runId: string; readonly role: Role };
  /** How the process of a Redis that is gone ended, as its log said at that moment: with a goodbye (a shutdown), or it breaks off. */
  'redis-ended': { readonly runId: string; readonly pid: number; readonly goodbye: boolean };
  /** One running Redis has another role, or follows another master, than when last seen. */
  'role-changed': { readonly runId: string; readonly from: Role; readonly to: Role; readonly follows: string | null };
  /** A replica's link to its master came up or broke. */
  'link-changed': { readonly up: boolean; readonly follows: string | null };

  /** A Sentinel, Prometheus, exporter, Alertmanager or Grafana listens on its port. */
  'service-up': { readonly service: string };
  'service-down': { readonly service: string };
  /** What a Sentinel published about one instance; `about` and `to` are hosts, `to` only where the master moved. */
  'sentinel-event': {
    readonly event: string;
    readonly master: string | null;
    readonly about: string | null;
    readonly to: string | null;
    readonly detail: string;
  };

  /** Alertmanager took up an alert, or dropped it again. */
  'alert-fired': { readonly alert: string; readonly about: string };
  'alert-resolved': { readonly alert: string; readonly about: string };
  /** A notification reached the lab's inbox. */
  'message-received': { readonly channel: string; readonly subject: string };

  /** A step was checked. */
  checked: { readonly step: string; readonly state: string };
  /** A drill, the learner or the instructor broke something on purpose. */
  'fault-injected': { readonly fault: string };
  'fault-mended': { readonly fault: string };
  /** A lesson was prepared in this lab. */
  prepared: { readonly lesson: string };
  /** An instructor of the learner's workshop did something to the lab, or looked at it. */
  'instructor-acted': { readonly by: string };
  /** The lab, or one host, was made anew. */
  reset: { readonly to: string };
}

type Nothing = Readonly<Record<string, never>>;
export type Role = 'master' | 'replica';
export type Kind = keyof EventData;

/** One event with the data its kind promises; of several kinds, `kind` tells which. */
export type EventOf<K extends Kind> = K extends Kind
  ? {
      readonly kind: K;
      readonly at: Date;
      readonly host: string | undefined;
      readonly text: string;
      readonly data: EventData[K];
    }
  : never;

/** The events of these kinds, oldest first. */
export function eventsOf<K extends Kind>(timeline: readonly TimelineEvent[], ...kinds: readonly K[]): EventOf<K>[] {
  return timeline
    .filter((event) => (kinds as readonly string[]).includes(event.kind))
    .map((event) => ({ ...event, at: new Date(event.at) }) as unknown as EventOf<K>);
}
