/** A learner who fills the disk of a host, on a real engine. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pino } from 'pino';
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import { testDriver } from '#sandbox/testing.ts';
import { topologies } from '#sandbox/topologies.ts';
import type { LiveMessage } from '#shared/wire.ts';
import { boundDisks } from './disk.ts';

const MiB = 2 ** 20;
let driver: SandboxDriver;
let lab: Lab;
let round: () => Promise<void>;
const told: string[] = [];

beforeAll(async () => {
  driver = await testDriver('disk');
  lab = await driver.create('disk-1', topologies['trio-bare']);
  const hold = { learner: 'ada', lab, signal: new AbortController().signal };
  round = boundDisks({
    driver,
    keeper: { byLab: (id) => (id === lab.id ? hold : undefined) },
    labs: { replaceHost: (_learner, host) => lab.replaceHost(host as 'redis-1') },
    limit: 24 * MiB,
    push: (_learner, message: LiveMessage) => message.type === 'notice' && told.push(message.text),
    log: pino({ level: 'silent' }),
    onTrouble: (what, error) => expect.unreachable(`${what}: ${String(error)}`),
  });
});
afterAll(() => driver.remove('disk-1'));

const asLearner = (host: 'redis-1' | 'redis-2', script: string) => lab.run(host, script, { user: 'learner' });
const bytesOf = async (host: string) => (await driver.written()).find((each) => each.host === host)?.bytes ?? 0;

it('a fresh lab has written next to nothing, and what lies in memory does not count', async () => {
  await asLearner('redis-1', 'head -c 20m /dev/zero > /tmp/in-memory');
  await round();
  expect(await bytesOf('redis-1')).toBeLessThan(MiB);
  expect(told).toEqual([]);
});

it('who has written half is told, with the host’s figures and what to do', async () => {
  await asLearner('redis-1', 'head -c 14m /dev/urandom > ~/half');
  await round();
  expect(told).toEqual([expect.stringMatching(/^redis-1 has written 1[45] MiB .* hold 24 MiB; .*"du -xh/)]);
  expect((await asLearner('redis-1', 'ls ~/half')).code).toBe(0);
});

it('a host beyond the limit is made anew, its learner is told why, the room is free; the others keep theirs', async () => {
  told.length = 0;
  await asLearner('redis-2', 'echo mine > ~/note');
  await asLearner('redis-1', 'for part in 1 2 3; do head -c 8m /dev/urandom > ~/part-$part; done');
  expect(await bytesOf('redis-1')).toBeGreaterThan(24 * MiB);
  await round();
  expect(told).toEqual([expect.stringMatching(/^redis-1 had written 3\d MiB .* 24 MiB .* made anew/)]);
  expect(await bytesOf('redis-1')).toBeLessThan(MiB);
  expect((await asLearner('redis-1', 'ls ~/half')).code).not.toBe(0);
  expect((await asLearner('redis-2', 'cat ~/note')).stdout).toBe('mine\n');
});

it('no single file grows without end: the shell says so', async () => {
  const { code, stderr } = await asLearner(
    'redis-2',
    'truncate -s 600M ~/large; dd if=/dev/zero of=~/on bs=1M seek=511 count=2',
  );
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/File too large|File size limit exceeded/);
  expect((await asLearner('redis-2', 'stat -c %s ~/on')).stdout.trim()).toBe(String(512 * MiB));
});
