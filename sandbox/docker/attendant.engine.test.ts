/** What the one process that serves a host adds to the promises of every driver. */
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pair } from '../contract/standing-lab.ts';
import type { Lab, SandboxDriver } from '../driver.ts';
import { testDriver } from '../testing.ts';
import { connectEngine } from './index.ts';
import { label, labelled } from './labels.ts';

let driver: SandboxDriver;
let lab: Lab;
beforeAll(async () => {
  driver = await testDriver('attendant');
  lab = await driver.create('attendant', pair);
});
afterAll(() => driver.remove('attendant'));

const asLearner = (script: string) => lab.run('redis-1', script, { user: 'learner' });
const attendants = async () => (await lab.run('redis-1', ['pgrep', '-fx', 'clinic-attendant'])).stdout.trim();

test('the engine starts one process, whatever is asked of a host at once', async () => {
  await lab.run('redis-1', 'systemctl start redis-server; until redis-cli PING; do sleep 0.1; done');
  const commands = Array.from({ length: 20 }, (_, n) => lab.run('redis-1', `sleep 0.2; echo ${n}`));
  const connections = await Promise.all(Array.from({ length: 20 }, () => lab.dial('redis-1', 6379)));
  for (const connection of connections) connection.end('PING\r\nQUIT\r\n');
  expect(await Promise.all(connections.map((connection) => text(connection)))).toEqual(
    connections.map(() => '+PONG\r\n+OK\r\n'),
  );
  expect((await Promise.all(commands)).map(({ stdout }) => Number(stdout))).toEqual(commands.map((_, n) => n));
  const docker = await connectEngine();
  const filters = labelled({ [label.lab]: 'attendant', [label.host]: 'redis-1' });
  const [host] = await docker.listContainers({ filters });
  expect((await docker.getContainer(host?.Id ?? '').inspect()).ExecIDs).toHaveLength(1);
});

test('who does not read one connection holds no other back', async () => {
  await lab.run('redis-1', 'setsid socat TCP-LISTEN:7001,fork,reuseaddr OPEN:/dev/zero </dev/null >/dev/null 2>&1 &');
  await lab.run('redis-1', 'until (: < /dev/tcp/127.0.0.1/7001); do sleep 0.1; done');
  const unread = await lab.dial('redis-1', 7001);
  expect((await lab.run('redis-1', 'head -c 1000000 /dev/zero')).stdout).toHaveLength(1_000_000);
  expect(unread.readableLength).toBeLessThan(4 * 1024 * 1024);
  unread.destroy();
});

test('a learner who is root can neither read what it is told nor speak in its place', async () => {
  const pid = await attendants();
  expect(pid).toMatch(/^\d+$/);
  for (const attempt of [
    `head -c 1 /proc/${pid}/fd/0`,
    `head -c 1 /proc/${pid}/mem`,
    `sh -c "echo > /proc/${pid}/fd/1"`,
  ]) {
    expect((await asLearner(`sudo ${attempt}`)).stderr, attempt).toMatch(/permission denied/i);
  }
});

test('one that was killed has a successor, and so has one that was stopped', async () => {
  const first = await attendants();
  await asLearner(`sudo kill -KILL ${first}`);
  expect((await lab.run('redis-1', 'echo again')).stdout).toBe('again\n');
  const second = await attendants();
  expect(second).not.toBe(first);
  const held = lab.run('redis-1', `kill -STOP ${second}; echo unheard`, { timeout: 500 });
  expect(await held).toMatchObject({ timedOut: true });
  expect((await lab.run('redis-1', 'echo again')).stdout).toBe('again\n');
});
