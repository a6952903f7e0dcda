import { afterEach, expect, test, vi } from 'vitest';
import type { HostEvent, SandboxDriver } from '../driver.ts';
import { pair, patience } from './standing-lab.ts';

export function labPromises(makeDriver: () => Promise<SandboxDriver>): void {
  const made = ['labs-1', 'labs-2'];
  afterEach(async () => {
    const driver = await makeDriver();
    await Promise.all(made.map((id) => driver.remove(id)));
  });

  test('a lab stands whole, knows its hosts by name, and is found again by a restarted server', async () => {
    const lab = await (await makeDriver()).create('labs-1', pair);
    const later = await makeDriver();
    expect(await later.list()).toMatchObject([{ id: 'labs-1', topology: 'pair', whole: true }]);
    const found = await later.find('labs-1');
    expect(found?.topology).toEqual(pair);
    expect(found?.address('outside')).toBe(lab.address('outside'));
    const names = await found?.run('redis-1', 'getent hosts redis-1 outside inbox | cut -d" " -f1');
    expect(names?.stdout.trim().split('\n')).toEqual(
      ['redis-1', 'outside', 'outside'].map((name) => lab.address(name as 'outside')),
    );
    expect(await found?.hostState('redis-1')).toBe('running');
    expect(await found?.hostState('monitor')).toBe('missing');
  });

  test('a lab that cannot be made whole leaves nothing behind', async () => {
    const driver = await makeDriver();
    const tooSmall = { ...pair, hosts: pair.hosts.map((host, index) => ({ ...host, memory: index === 1 ? 1 : 128 })) };
    await expect(driver.create('labs-1', tooSmall)).rejects.toThrow(/memory/i);
    expect(await driver.list()).toEqual([]);
    expect(await driver.find('labs-1')).toBeUndefined();
  });

  test('an id that is taken is refused, and its lab is left alone', async () => {
    const driver = await makeDriver();
    const lab = await driver.create('labs-1', pair);
    await lab.run('redis-1', 'echo mine > /root/note');
    await expect(driver.create('labs-1', pair)).rejects.toThrow('labs-1');
    expect((await lab.run('redis-1', 'cat /root/note')).stdout).toBe('mine\n');
  });

  test('labs are made side by side by servers that know nothing of each other', async () => {
    const drivers = await Promise.all(made.map(makeDriver));
    const labs = await Promise.all(made.map((id, index) => drivers[index]?.create(id, pair)));
    expect(new Set(labs.map((lab) => lab?.address('redis-1'))).size).toBe(2);
  });

  test('removing what is gone, or is being removed, succeeds', async () => {
    const driver = await makeDriver();
    await driver.create('labs-1', pair);
    await Promise.all([driver.remove('labs-1'), driver.remove('labs-1')]);
    await driver.remove('labs-1');
    expect(await driver.find('labs-1')).toBeUndefined();
    expect(await driver.list()).toEqual([]);
  });

  test('what happens to hosts is told', async () => {
    const driver = await makeDriver();
    const stop = new AbortController();
    const seen: HostEvent[] = [];
    driver.watch((event) => seen.push(event), stop.signal);
    const lab = await driver.create('labs-1', pair);
    for (const kind of ['host-paused', 'host-cut-off', 'host-down'] as const) {
      await lab.fault(kind, 'redis-1');
      await lab.mend(kind, 'redis-1');
    }
    const whats = () => seen.filter(({ host }) => host === 'redis-1').map(({ what }) => what);
    const expected = ['started', 'paused', 'unpaused', 'disconnected', 'connected', 'died', 'started'];
    await vi.waitFor(() => expect(whats()).toEqual(expected), patience);
    stop.abort();
    expect(seen.every(({ lab: of }) => of === 'labs-1')).toBe(true);
  });
}
