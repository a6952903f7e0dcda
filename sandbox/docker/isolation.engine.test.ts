/** What a learner, who is root on the hosts of a lab, must not be able to do beyond them. */
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import type Docker from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pair, patience } from '../contract/standing-lab.ts';
import type { Lab, SandboxDriver } from '../driver.ts';
import { testDriver } from '../testing.ts';
import { connectEngine } from './index.ts';
import { label, labelled } from './labels.ts';

let driver: SandboxDriver;
let docker: Docker;
let lab: Lab;
let neighbour: Lab;

beforeAll(async () => {
  docker = await connectEngine();
  driver = await testDriver('isolation');
  [lab, neighbour] = await Promise.all([driver.create('isolation-1', pair), driver.create('isolation-2', pair)]);
});
afterAll(() => Promise.all([driver.remove('isolation-1'), driver.remove('isolation-2')]));

const asLearner = (script: string, timeout = 10_000) => lab.run('redis-1', script, { user: 'learner', timeout });

async function reaches(address: string, port: number): Promise<boolean> {
  const { stdout } = await asLearner(`timeout 1 bash -c '</dev/tcp/${address}/${port}' 2>/dev/null && echo reached`);
  return stdout.includes('reached');
}

test('a host of the own lab is reached, so that the attempts below mean something', async () => {
  await lab.run('outside', 'setsid socat TCP-LISTEN:7000,fork,reuseaddr PIPE </dev/null >/dev/null 2>&1 &');
  await expect.poll(() => reaches(lab.address('outside'), 7000), patience).toBe(true);
});

test('no neighbour is reached, by address or by name', async () => {
  await neighbour.run('outside', 'setsid socat TCP-LISTEN:7000,fork,reuseaddr PIPE </dev/null >/dev/null 2>&1 &');
  await expect
    .poll(async () => (await neighbour.run('redis-1', 'bash -c "</dev/tcp/outside/7000"')).code, patience)
    .toBe(0);
  expect(await reaches(neighbour.address('outside'), 7000)).toBe(false);
});

test('nothing of the machine is reached: no address of it, no gateway, nothing outside', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '0.0.0.0');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const addresses = own
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address: text }) => text);
  const gateway = lab.address('redis-1').replace(/\d+$/, (last) => String(Number(last) - 1));
  const reached = await Promise.all([...addresses, gateway, '169.254.169.254'].map((to) => reaches(to, port)));
  server.close();
  expect(reached.filter(Boolean)).toEqual([]);
  expect(await reaches('1.1.1.1', 53)).toBe(false);
});

test('no port is published, no privilege is given, every limit is set', async () => {
  const filters = labelled({ [label.lab]: 'isolation-1' });
  for (const { Id, Ports, Mounts } of await docker.listContainers({ filters })) {
    expect(Ports).toEqual([]);
    expect(Mounts).toEqual([]);
    const { HostConfig } = await docker.getContainer(Id).inspect();
    expect(HostConfig).toMatchObject({ Privileged: false, PidsLimit: 256, NanoCpus: 1e9, CapDrop: ['ALL'] });
    expect(HostConfig.CapAdd).not.toContain('NET_ADMIN');
    expect(HostConfig.MemorySwap).toBe(HostConfig.Memory);
  }
});

test('root of a host may not mount, trace, load modules, change addresses or see devices', async () => {
  const attempts = [
    'mount -t tmpfs none /mnt',
    'ip addr add 10.213.0.2/16 dev eth0',
    'ip link set eth0 down',
    'unshare --net true',
    'mknod /tmp/disk b 254 0',
    'dmesg',
    'sysctl -w kernel.pty.max=1',
    'hostname other',
    'sh -c "echo 1 > /proc/sys/kernel/sysrq"',
    "sh -c 'echo max > $(find /sys/fs/cgroup -name pids.max)'",
  ];
  const allowed = [];
  for (const attempt of attempts) {
    if ((await asLearner(`sudo ${attempt}`)).code === 0) allowed.push(attempt);
  }
  expect(allowed).toEqual([]);
});

test('a fork bomb stops at its limit; the neighbour goes on, and the host is had back', async () => {
  await asLearner('bomb() { bomb | bomb & }; bomb; sleep 1', 3_000).catch(() => {});
  expect((await neighbour.run('redis-1', 'echo alive')).stdout).toBe('alive\n');
  await lab.fault('host-down', 'redis-1');
  await lab.mend('host-down', 'redis-1');
  expect((await asLearner('echo back')).stdout).toBe('back\n');
});

test('what takes too much memory is killed; the host lives', async () => {
  const { code } = await asLearner('head -c 400m /dev/zero | tail | wc -c; exit ${PIPESTATUS[1]}');
  expect(code).not.toBe(0);
  expect((await asLearner('echo alive')).stdout).toBe('alive\n');
});

test('labs made from another image are found and usable, and not called whole', async () => {
  const { dockerDriver, labImage } = await import('./index.ts');
  const newer = { ...labImage(), version: 'newer' };
  const instance = `test-isolation-${process.pid}`;
  const later = dockerDriver({ docker, instance, image: newer, network: '10.213.0.0/16' });
  const summary = (await later.list()).find(({ id }) => id === 'isolation-2');
  expect(summary).toMatchObject({ whole: false, topology: 'pair' });
  expect((await (await later.find('isolation-2'))?.run('redis-1', 'echo usable'))?.stdout).toBe('usable\n');
});
