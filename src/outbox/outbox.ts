/**
 * What is to be told to other systems (scores to a course system, statements to a record store): stored first, sent
 * later, tried again until it is taken, also after a restart. Nothing waits for it, and nothing of the course fails by it.
 */
import type { Parcel, ParcelRecords } from './records.ts';
import { isOver, waitAfter } from './pace.ts';

/** The other side has understood and will not take it, however often it is sent. */
export class Refused extends Error {
  override name = 'Refused';
}

/** One receiver: a dead one keeps no other waiting. */
export interface Channel {
  /** How many parcels go in one message. */
  readonly batch: number;
  /** Resolves when all of them are taken; throws Refused when they never will be, anything else when they may be later. */
  readonly send: (parcels: readonly Parcel[], signal: AbortSignal) => Promise<void>;
}

export interface OutboxParts {
  readonly records: ParcelRecords;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly now: () => Date;
  readonly onTrouble: (what: string, error: unknown) => void;
}

interface Lane {
  running: Promise<void> | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Failures since the last thing that was taken. */
  failures: number;
}

export class Outbox {
  readonly #parts: OutboxParts;
  readonly #lanes = new Map<string, Lane>();
  readonly #end = new AbortController();

  /** Begins to send what an earlier run of the server has left. */
  constructor(parts: OutboxParts) {
    this.#parts = parts;
    for (const channel of parts.channels.keys()) {
      this.#lanes.set(channel, { running: undefined, timer: undefined, failures: 0 });
      this.#later(channel, 0);
    }
  }

  /** Stores a parcel and has it sent soon. It takes the place of one with the same key that has not been sent yet. */
  put(parcel: Pick<Parcel, 'channel' | 'key' | 'learner' | 'body'>): void {
    this.#parts.records.put(parcel, this.#parts.now());
    const lane = this.#lanes.get(parcel.channel);
    if (lane?.failures === 0) this.#later(parcel.channel, 0);
  }

  /** Breaks off what is being sent; it is still stored. */
  async close(): Promise<void> {
    this.#end.abort();
    for (const { timer } of this.#lanes.values()) clearTimeout(timer);
    await Promise.all([...this.#lanes.values()].map(({ running }) => running));
  }

  #later(channel: string, milliseconds: number): void {
    const lane = this.#lanes.get(channel);
    // While it runs it looks again by itself.
    if (!lane || lane.running || this.#end.signal.aborted) return;
    clearTimeout(lane.timer);
    lane.timer = setTimeout(() => {
      lane.running = this.#drain(channel, lane)
        .catch((error: unknown) => this.#parts.onTrouble(`the outbox to ${channel} failed`, error))
        .finally(() => {
          lane.running = undefined;
          if (lane.failures > 0 || this.#parts.records.next(channel, 1).length > 0)
            this.#later(channel, waitAfter(lane.failures));
        });
    }, milliseconds).unref();
  }

  async #drain(name: string, lane: Lane): Promise<void> {
    const { records, channels } = this.#parts;
    const channel = channels.get(name);
    if (!channel) return;
    for (;;) {
      const parcels = records.next(name, channel.batch);
      if (parcels.length === 0 || this.#end.signal.aborted) return;
      try {
        await this.#send(channel, parcels);
        lane.failures = 0;
      } catch (error) {
        if (this.#end.signal.aborted) return;
        lane.failures += 1;
        this.#failed(name, parcels, error);
        return;
      }
    }
  }

  /** A message that is refused is sent again in pieces, so that one bad parcel takes no other with it. */
  async #send(channel: Channel, parcels: readonly Parcel[]): Promise<void> {
    try {
      await channel.send(parcels, this.#end.signal);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (parcels.length > 1) {
        for (const parcel of parcels) await this.#send(channel, [parcel]);
        return;
      }
      this.#parts.onTrouble(`${parcels[0]?.channel} refused ${parcels[0]?.key}; it is not sent again`, error);
    }
    for (const { id } of parcels) this.#parts.records.remove(id);
  }

  #failed(name: string, parcels: readonly Parcel[], error: unknown): void {
    const { records, onTrouble, now } = this.#parts;
    onTrouble(`${name} did not take what was sent; it is tried again`, error);
    for (const parcel of parcels) {
      if (isOver(parcel.madeAt, now())) {
        onTrouble(`${name} has not taken ${parcel.key} for days; it is given up`, error);
        records.remove(parcel.id);
      } else records.failed(parcel.id);
    }
  }
}
