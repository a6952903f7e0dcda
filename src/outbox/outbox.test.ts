/** Parcels over a real database and a receiver that fails as told. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, type Database } from '../progress/database.ts';
import { learners } from '../progress/learners.ts';
import { Outbox, Refused } from './outbox.ts';
import { isOver, waitAfter } from './pace.ts';
import { parcelRecords } from './records.ts';

const day = 24 * 3_600_000;
let folder: string;
let database: Database;
let learner: string;
let trouble: string[];
const boxes: Outbox[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  folder = mkdtempSync(join(tmpdir(), 'outbox-test-'));
  database = openDatabase(folder);
  learner = learners(database).newLearner();
  trouble = [];
});
afterEach(async () => {
  await Promise.all(boxes.splice(0).map((box) => box.close()));
  vi.useRealTimers();
  database.close();
  rmSync(folder, { recursive: true });
});

type Receive = (bodies: readonly unknown[]) => Promise<void> | void;

function open(receive: Receive, batch = 1): Outbox {
  const channel = {
    batch,
    send: async (parcels: readonly { body: unknown }[]) => receive(parcels.map((one) => one.body)),
  };
  const box = new Outbox({
    records: parcelRecords(database),
    channels: new Map([['there', channel]]),
    now: () => new Date(),
    onTrouble: (what, error) => void trouble.push(`${what}: ${String(error)}`),
  });
  boxes.push(box);
  return box;
}
const put = (box: Outbox, key: string, body: unknown = key) => box.put({ channel: 'there', key, learner, body });
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const left = () =>
  parcelRecords(database)
    .of(learner)
    .map(({ key }) => key);

describe('an outbox', () => {
  it('sends what is put in, in order, and forgets it', async () => {
    const got: unknown[] = [];
    const box = open((bodies) => void got.push(...bodies));
    for (const key of ['a', 'b', 'c']) put(box, key);
    await pass(1);
    expect([got, left()]).toEqual([['a', 'b', 'c'], []]);
  });

  it('puts several in one message where the receiver takes them', async () => {
    const got: unknown[] = [];
    const box = open((bodies) => void got.push(bodies), 2);
    for (const key of ['a', 'b', 'c']) put(box, key);
    await pass(1);
    expect(got).toEqual([['a', 'b'], ['c']]);
  });

  it('sends the newest of a key only', async () => {
    const got: unknown[] = [];
    const box = open((bodies) => void got.push(...bodies));
    put(box, 'score', 1);
    put(box, 'score', 2);
    await pass(1);
    expect(got).toEqual([2]);
  });

  it('does not lose a newer one that comes while the older one is on its way', async () => {
    const got: unknown[] = [];
    const way = Promise.withResolvers<void>();
    const box = open(async (bodies) => {
      got.push(...bodies);
      if (got.length === 1) await way.promise;
    });
    put(box, 'score', 1);
    await pass(1);
    put(box, 'score', 2);
    way.resolve();
    await pass(1);
    expect([got, left()]).toEqual([[1, 2], []]);
  });

  it('tries again after a failure, waiting longer each time, and says so', async () => {
    let tries = 0;
    const box = open(() => {
      tries += 1;
      if (tries < 4) throw new Error('down');
    });
    put(box, 'a');
    await pass(1);
    expect([tries, left()]).toEqual([1, ['a']]);
    await pass(4_990);
    expect(tries).toBe(1);
    await pass(10);
    expect(tries).toBe(2);
    await pass(10_000);
    expect(tries).toBe(3);
    await pass(20_000);
    expect([tries, left()]).toEqual([4, []]);
    expect(trouble).toHaveLength(3);
    expect(trouble[0]).toContain('there did not take what was sent; it is tried again: Error: down');
  });

  it('goes on after a restart with what was left', async () => {
    const first = open(() => {
      throw new Error('down');
    });
    put(first, 'a');
    await pass(1);
    await first.close();
    const got: unknown[] = [];
    open((bodies) => void got.push(...bodies));
    await pass(1);
    expect([got, left()]).toEqual([['a'], []]);
  });

  it('does not send again what is refused for good, and loses no other by it', async () => {
    const got: unknown[] = [];
    const box = open((bodies) => {
      if (bodies.includes('bad')) throw new Refused('400');
      got.push(...bodies);
    }, 3);
    for (const key of ['a', 'bad', 'c']) put(box, key);
    await pass(1);
    expect([got, left()]).toEqual([['a', 'c'], []]);
    expect(trouble).toEqual(['there refused bad; it is not sent again: Refused: 400']);
  });

  it('lets one that fails again and again keep no other waiting', async () => {
    const got: unknown[] = [];
    const box = open((bodies) => {
      if (bodies.includes('poison')) throw new Error('500');
      got.push(...bodies);
    });
    put(box, 'poison');
    await pass(1);
    put(box, 'a');
    await pass(5_000);
    expect([got, left()]).toEqual([['a'], ['poison']]);
  });

  it('gives up after days', async () => {
    const box = open(() => {
      throw new Error('gone');
    });
    put(box, 'a');
    await pass(4 * day + 2 * 3_600_000);
    expect(left()).toEqual([]);
    expect(trouble.at(-1)).toContain('has not taken a for days; it is given up');
  });

  it('has nothing of an erased learner', async () => {
    const box = open(() => {
      throw new Error('down');
    });
    put(box, 'a');
    learners(database).eraseLearner(learner);
    expect(left()).toEqual([]);
    expect(() => put(box, 'b')).toThrow(/FOREIGN KEY/);
  });
});

it('the pace doubles up to an hour, and ends after four days', () => {
  expect([0, 1, 2, 3, 20].map(waitAfter)).toEqual([0, 5_000, 10_000, 20_000, 3_600_000]);
  const now = new Date();
  expect(isOver(new Date(now.getTime() - 4 * day), now)).toBe(false);
  expect(isOver(new Date(now.getTime() - 4 * day - 1), now)).toBe(true);
});
