/** Parcels that are still to be taken by another system, in the records' database. They go with their learner. */
import type { Database } from '../progress/database.ts';

export interface Parcel {
  readonly id: number;
  /** Which receiver. */
  readonly channel: string;
  /** What it is about: a later parcel of the same channel and key takes its place. */
  readonly key: string;
  readonly learner: string;
  /** Plain JSON. */
  readonly body: unknown;
  readonly madeAt: Date;
}

export interface ParcelRecords {
  put(parcel: Pick<Parcel, 'channel' | 'key' | 'learner' | 'body'>, at: Date): void;
  /** Those to send next: the ones that failed least often, the oldest of them. */
  next(channel: string, count: number): readonly Parcel[];
  remove(id: number): void;
  failed(id: number): void;
  of(learner: string): readonly Parcel[];
  /** How many there are. */
  count(): number;
}

/** Parcels kept for one receiver; beyond that the oldest go, so that a dead one cannot fill the disk. */
const kept = 20_000;

export function parcelRecords(database: Database): ParcelRecords {
  // REPLACE gives a new id: what is under way of the old one is not taken for the new one.
  const put = database.prepare(
    'INSERT OR REPLACE INTO outbox (channel, key, learner, body, made_at, tries) VALUES (?, ?, ?, ?, ?, 0)',
  );
  const trim = database.prepare(
    `DELETE FROM outbox WHERE channel = ?1 AND id <=
     (SELECT id FROM outbox WHERE channel = ?1 ORDER BY id DESC LIMIT 1 OFFSET ${kept})`,
  );
  const next = database.prepare('SELECT * FROM outbox WHERE channel = ? ORDER BY tries, id LIMIT ?');
  const remove = database.prepare('DELETE FROM outbox WHERE id = ?');
  const failed = database.prepare('UPDATE outbox SET tries = tries + 1 WHERE id = ?');
  const count = database.prepare('SELECT count(*) AS parcels FROM outbox');
  const of = database.prepare('SELECT * FROM outbox WHERE learner = ? ORDER BY id');
  return {
    put({ channel, key, learner, body }, at) {
      put.run(channel, key, learner, JSON.stringify(body), at.getTime());
      trim.run(channel);
    },
    next: (channel, count) => next.all(channel, count).map(asParcel),
    remove: (id) => void remove.run(id),
    failed: (id) => void failed.run(id),
    of: (learner) => of.all(learner).map(asParcel),
    count: () => Number(count.get()?.parcels),
  };
}

const asParcel = (row: Record<string, unknown>): Parcel => ({
  id: Number(row.id),
  channel: String(row.channel),
  key: String(row.key),
  learner: String(row.learner),
  body: JSON.parse(String(row.body)),
  madeAt: new Date(Number(row.made_at)),
});
