import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lab } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import type { Lease } from '../progress/records.ts';
import { Keeper, type Hold, type KeeperParts } from './keeper.ts';
import { reap } from './reaper.ts';
import { fakeDriver, type FakeDriver } from './testing/fake-driver.ts';

const minute = 60_000;
const noon = Date.parse('2030-01-01T12:00:00.000Z');
let now = noon;
let driver: FakeDriver;
let leases: Map<string, Lease>;
let holds: Hold[];

beforeEach(() => {
  now = noon;
  driver = fakeDriver();
  leases = new Map();
  holds = [];
});

function keeperOf(
  limits: Partial<KeeperParts['limits']> = {},
  onTrouble: KeeperParts['onTrouble'] = (what, error) => expect.unreachable(`${what}: ${String(error)}`),
): Keeper {
  return new Keeper({
    driver,
    book: {
      lease: (learner) => leases.get(learner),
      leases: () => [...leases.values()],
      saveLease: (lease) => void leases.set(lease.learner, lease),
      endLease: (learner) => void leases.delete(learner),
    },
    limits: { idle: 120 * minute, absolute: 480 * minute, capacity: 3, warm: 0, refillAfter: 0, ...limits },
    onHold: (hold) => void holds.push(hold),
    onLease: () => undefined,
    onTrouble,
    now: () => new Date(now),
  });
}

const reapWith = (keeper: Keeper) =>
  reap({
    driver,
    keeper,
    end: (learner) => keeper.end(learner, keeper.lease(learner)?.lab ?? ''),
    onReaped: () => undefined,
    onTrouble: (what, error) => expect.unreachable(`${what}: ${String(error)}`),
  });

describe('a lease', () => {
  it('ends when nobody works, and every use puts that off', async () => {
    const keeper = keeperOf();
    await keeper.take('ada', topologies.single);
    expect(keeper.view('ada')).toEqual({ endsAt: '2030-01-01T14:00:00.000Z', why: 'idle', extendable: true });
    now += 100 * minute;
    keeper.used('ada');
    now += 100 * minute;
    expect(keeper.over()).toEqual([]);
    now += 20 * minute;
    expect(keeper.over()).toEqual(['ada']);
  });

  it('is used also when that cannot be written down, which is told once in a while, not with every key', async () => {
    const told: string[] = [];
    const keeper = keeperOf({}, (what) => void told.push(what));
    await keeper.take('ada', topologies.single);
    vi.spyOn(leases, 'set').mockImplementation(() => {
      throw new Error('database or disk is full');
    });
    now += minute;
    for (let key = 0; key < 3; key += 1) keeper.used('ada');
    expect(told).toEqual(['the use of a lab could not be written down']);
    expect(keeper.view('ada')?.endsAt).toBe('2030-01-01T14:01:00.000Z');
  });

  it('ends after its whole time, which can be extended', async () => {
    const keeper = keeperOf({ idle: 10_000 * minute });
    await keeper.take('ada', topologies.single);
    keeper.extend('ada', 60 * minute);
    expect(keeper.view('ada')).toMatchObject({ endsAt: '2030-01-01T21:00:00.000Z', why: 'absolute', extendable: true });
    keeper.extend('ada', 10_000 * minute, 480 * minute);
    expect(keeper.view('ada')).toMatchObject({ endsAt: '2030-01-02T04:00:00.000Z', extendable: false });
  });

  it('tells who works with the lab that it ends, and the reaper removes the lab', async () => {
    const keeper = keeperOf();
    const { lab, signal } = await keeper.take('ada', topologies.single);
    now += 120 * minute;
    await reapWith(keeper);
    expect(signal.aborted).toBe(true);
    expect(driver.labs.has(lab.id)).toBe(false);
    expect([keeper.hold('ada'), leases.get('ada')]).toEqual([undefined, undefined]);
  });

  it('ends for the lab that was meant, not for one that was taken since', async () => {
    const keeper = keeperOf();
    const first = await keeper.take('ada', topologies.single);
    await keeper.end('ada', first.lab.id);
    const second = await keeper.take('ada', topologies.single);
    await keeper.end('ada', first.lab.id);
    expect(keeper.hold('ada')?.lab.id).toBe(second.lab.id);
    expect([...driver.labs.keys()]).toEqual([second.lab.id]);
  });

  it('outlives the server, and its lab is found again; a lease without a lab ends', async () => {
    const { lab } = await keeperOf().take('ada', topologies.single);
    leases.set('bob', { ...leases.get('ada'), learner: 'bob', lab: 'gone' } as Lease);
    const next = keeperOf();
    await next.restore();
    expect(next.hold('ada')?.lab.id).toBe(lab.id);
    expect(next.untouched('ada')).toBe(false);
    expect([...leases.keys()]).toEqual(['ada']);
    expect(holds.map(({ learner }) => learner)).toEqual(['ada', 'ada']);
  });
});

describe('hosts that are all down', () => {
  const statesOf = (lab: Lab) => Promise.all(lab.topology.hosts.map(({ name }) => lab.hostState(name)));

  it('start again after a restart of the machine; one that is down on purpose stays down', async () => {
    const { lab } = await keeperOf().take('ada', topologies.single);
    await driver.stopEngine();
    await keeperOf().restore();
    expect(await statesOf(lab)).toEqual(['running', 'running']);
    await lab.fault('host-down', 'redis-1');
    await keeperOf().restore();
    expect(await statesOf(lab)).toEqual(['stopped', 'running']);
  });

  it('start again after a restart of the engine under the server, of each lab and each spare', async () => {
    const keeper = keeperOf({ warm: 1 });
    keeper.warm(topologies.single);
    await vi.waitFor(() => expect(driver.labs.size).toBe(1));
    const labs = [...driver.labs.values()];
    for (const learner of ['ada', 'bob']) labs.push((await keeper.take(learner, topologies.trio)).lab);
    await labs[1]?.fault('host-down', 'redis-2');
    await keeper.revive();
    expect(await labs[1]?.hostState('redis-2')).toBe('stopped');
    await driver.stopEngine();
    await keeper.revive();
    expect(new Set((await Promise.all(labs.map(statesOf))).flat())).toEqual(new Set(['running']));
  });

  it('of one lab that do not start keep no other waiting, and are told', async () => {
    const told: string[] = [];
    const keeper = keeperOf({}, (what) => void told.push(what));
    const [one, two] = [await keeper.take('ada', topologies.single), await keeper.take('bob', topologies.single)];
    await driver.stopEngine();
    vi.spyOn(one.lab, 'mend').mockRejectedValue(new Error('no such network'));
    await keeper.revive();
    expect(await statesOf(two.lab)).toEqual(['running', 'running']);
    expect(told).toEqual(['the hosts of a lab could not be started']);
  });
});

describe('capacity', () => {
  it('is never exceeded, also by wishes at the same time; the refusal says when there is room', async () => {
    const keeper = keeperOf({ capacity: 2 });
    const wishes = ['ada', 'bob', 'cyd'].map((learner) => keeper.take(learner, topologies.single));
    const taken = await Promise.allSettled(wishes);
    expect(taken.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await expect(keeper.take('dan', topologies.single)).rejects.toThrow(
      'All 2 labs of this server are in use. The next is free at 14:00 UTC at the latest.',
    );
    expect(driver.labs.size).toBe(2);
  });

  it('gives a spare of another topology up for a learner who waits', async () => {
    const keeper = keeperOf({ capacity: 1, warm: 1 });
    keeper.warm(topologies.trio);
    await vi.waitFor(() => expect(driver.labs.size).toBe(1));
    const { lab } = await keeper.take('ada', topologies.single);
    expect([...driver.labs.keys()]).toEqual([lab.id]);
  });
});

describe('spares', () => {
  it('are given at once, and made again of what is taken', async () => {
    const keeper = keeperOf({ warm: 1 });
    keeper.warm(topologies.trio);
    await vi.waitFor(() => expect(driver.labs.size).toBe(1));
    const [spare] = driver.labs.keys();
    const hold = await keeper.take('ada', topologies.trio);
    expect(hold.lab.id).toBe(spare);
    await vi.waitFor(() => expect(driver.labs.size).toBe(2));
    expect(keeper.counts()).toEqual({ leased: 1, spare: 1, capacity: 3 });
  });

  it('are made ahead for a class, as many as fit, and no more when they are taken', async () => {
    const keeper = keeperOf({ capacity: 3 });
    keeper.book(topologies.single, 2);
    await vi.waitFor(() => expect(keeper.counts()).toEqual({ leased: 0, spare: 2, capacity: 3 }));
    const spares = [...driver.labs.keys()];
    const { lab } = await keeper.take('ada', topologies.single);
    expect(spares).toContain(lab.id);
    await keeper.take('bob', topologies.single);
    await vi.waitFor(() => expect(keeper.counts()).toEqual({ leased: 2, spare: 0, capacity: 3 }));
  });

  it('of an earlier process are removed, labs that are being made are not', async () => {
    await driver.create('unknown', topologies.single);
    const keeper = keeperOf();
    const { promise, resolve } = Promise.withResolvers<void>();
    driver.gate = promise;
    const taking = keeper.take('ada', topologies.single);
    await reapWith(keeper);
    expect(driver.labs.size).toBe(0);
    resolve();
    const { lab } = await taking;
    await reapWith(keeper);
    expect([...driver.labs.keys()]).toEqual([lab.id]);
  });
});
