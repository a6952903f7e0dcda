import { beforeEach, expect, it, vi } from 'vitest';
import { topologies } from '#sandbox/topologies.ts';
import { diskWatch } from './disk.ts';
import type { Hold } from './keeper.ts';
import { fakeDriver, fakeLab, type FakeDriver } from './testing/fake-driver.ts';

const limit = 1_000;
const hold: Hold = { learner: 'ada', lab: fakeLab('A', topologies.trio), signal: new AbortController().signal };
const filling = vi.fn<(who: Hold, host: string, bytes: number) => void>();
const full = vi.fn<(who: Hold, host: string, bytes: number) => Promise<void>>();
const trouble = vi.fn<(what: string, error: unknown) => void>();
let driver: FakeDriver;
let look: () => Promise<void>;

beforeEach(() => {
  vi.resetAllMocks();
  full.mockResolvedValue();
  driver = fakeDriver();
  const keeper = { byLab: (id: string) => (id === 'A' ? hold : undefined) };
  look = diskWatch({ driver, keeper, limit, onFilling: filling, onFull: full, onTrouble: trouble });
});

const write = (...sizes: readonly number[]) =>
  (driver.disks = sizes.map((bytes, index) => ({
    lab: 'A',
    host: topologies.trio.hosts[index]?.name ?? 'outside',
    bytes,
  })));

it('says nothing while there is room', async () => {
  write(500, 0, 3);
  await look();
  expect([filling.mock.calls, full.mock.calls]).toEqual([[], []]);
});

it('tells once that a host is half full, and again when it was emptied in between', async () => {
  write(0, 501, 0);
  await look();
  await look();
  expect(filling.mock.calls).toEqual([[hold, 'redis-2', 501]]);
  write(0, 10, 0);
  await look();
  write(0, 900, 0);
  await look();
  expect(filling).toHaveBeenCalledTimes(2);
});

it('gives up a host beyond the limit, and goes on with the others when that fails', async () => {
  full.mockRejectedValueOnce(new Error('being made'));
  write(1_001, 2_000, 999);
  await look();
  expect(full.mock.calls).toEqual([
    [hold, 'redis-1', 1_001],
    [hold, 'redis-2', 2_000],
  ]);
  expect(filling.mock.calls).toEqual([[hold, 'redis-3', 999]]);
  expect(trouble).toHaveBeenCalledTimes(1);
});

it('leaves alone what nobody holds, and an engine that does not answer is no end', async () => {
  driver.disks = [{ lab: 'spare', host: 'redis-1', bytes: 5_000 }];
  await look();
  expect([full.mock.calls, trouble.mock.calls]).toEqual([[], []]);
  driver.written = () => Promise.reject(new Error('no engine'));
  await look();
  expect(trouble).toHaveBeenCalledTimes(1);
});
