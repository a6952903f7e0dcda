/**
 * The witness of one lab: from the moment the lab is leased it keeps the timeline and draws the live picture. It looks
 * from outside and changes nothing; a host that is down is an event, never an error.
 */
import { RedisLinks } from '#checking/redis-links.ts';
import { perMinute } from '#shared/per-minute.ts';
import { learnerHosts } from '#sandbox/topologies.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { Lab } from '#sandbox/driver.ts';
import type { PictureView, TimelineEvent } from '#shared/wire.ts';
import { watchAlerts } from './alert-watch.ts';
import type { HostEvents } from './host-events.ts';
import { HostWatch } from './host-watch.ts';
import { lastSeen } from './last-seen.ts';
import { saidGoodbye } from './last-words.ts';
import { keepLooking } from './pace.ts';
import { watchRedis } from './redis-watch.ts';
import { watchSentinel } from './sentinel-watch.ts';
import type { Tell } from './tell.ts';

export type { HostEvents } from './host-events.ts';
export { shareHostEvents } from './host-events.ts';
export type { Tell } from './tell.ts';

export interface WitnessParts {
  readonly lab: Lab;
  readonly hostEvents: HostEvents;
  /** Where events are kept. */
  readonly records: {
    addEvent(lab: string, event: Omit<TimelineEvent, 'id'>): TimelineEvent;
    events(lab: string): readonly TimelineEvent[];
  };
  readonly onEvent: (event: TimelineEvent) => void;
  /** About once a second, when something in the picture changed. */
  readonly onPicture: (picture: PictureView) => void;
  /** The witness could not look, and tries again at its next turn: worth a line in the server's log. */
  readonly onTrouble?: (error: unknown) => void;
  /** Ends the witness: the lab is being removed, or the server stops. */
  readonly signal: AbortSignal;
}

export interface Witness {
  /** For what others know of this lab: checks, faults, resets, messages in the inbox. */
  readonly note: Tell;
  /** The last picture; undefined until the first look is done. */
  picture(): PictureView | undefined;
  /** Nobody views the lab: look every five seconds instead of every two. */
  viewed(yes: boolean): void;
}

export function startWitness(parts: WitnessParts): Witness {
  const { lab, hostEvents, records, onEvent, onPicture, onTrouble = () => undefined, signal } = parts;
  const oneMore = perMinute(eventsPerMinute);
  const tell: Tell = (kind, host, text, data, at = new Date()) => {
    if (signal.aborted || !oneMore()) return;
    try {
      onEvent(records.addEvent(lab.id, { at: at.toISOString(), kind, ...(host && { host }), text, data }));
    } catch (error) {
      // A full disk, say: whoever tells is often a stream's handler, where an error would end the server.
      onTrouble(error);
    }
  };
  const links = new RedisLinks(lab, () => pace.hurry());
  const hosts = lab.topology.hosts.map((spec) => spec.name).filter(isLearners);
  const nameOf = (address: string) =>
    hosts.find((host) => host === address || lab.address(host) === address) ?? address;
  const before = records.events(lab.id);

  const watches = new Map(
    hosts.map((host) => {
      const goodbye = (pid: number) =>
        saidGoodbye(lab, links, host, pid, signal).catch((error: unknown) => {
          onTrouble(error);
          return undefined;
        });
      const redis = watchRedis(links, host, nameOf, tell, goodbye, lastSeen(before, host));
      const sentinel = watchSentinel(lab, links, host, nameOf, tell, () => pace.hurry());
      signal.addEventListener('abort', () => sentinel.close(), { once: true });
      const onChange = () => pace.hurry();
      return [host, new HostWatch({ lab, host, redis, sentinel, tell, onChange, onTrouble, signal })];
    }),
  );
  const alerts = watchAlerts(lab, tell);
  let picture: PictureView | undefined;

  async function look(): Promise<void> {
    const seen = await Promise.all([...watches.values()].map((watch) => watch.look()));
    if (watches.get('monitor')?.listens('alertmanager')) await alerts.look();
    if (signal.aborted || JSON.stringify(seen) === JSON.stringify(picture?.hosts)) return;
    picture = { at: new Date().toISOString(), hosts: seen };
    onPicture(picture);
  }

  const pace = keepLooking(look, onTrouble, signal);
  hostEvents.subscribe(lab.id, (event) => watches.get(event.host)?.heard(event), signal);
  for (const watch of watches.values()) watch.begin().then(pace.hurry, onTrouble);
  signal.addEventListener(
    'abort',
    () => {
      links.close();
      alerts.close();
    },
    { once: true },
  );
  return { note: tell, picture: () => picture, viewed: pace.viewed };
}

/**
 * A failover is told in about a hundred. The programs that tell are the learner's own, and each event is written to the
 * disk before the next: one lab must not keep all others waiting.
 */
const eventsPerMinute = 1_000;

const isLearners = (host: HostName): boolean => learnerHosts.some((name) => name === host);
