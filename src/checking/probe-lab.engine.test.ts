/** The probe on real servers: passwords, restarts, hosts that are down or frozen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import { testDriver } from '#sandbox/testing.ts';
import { topologies } from '#sandbox/topologies.ts';
import { openProbe } from './probe-lab.ts';
import type { OpenProbe } from './probe-lab.ts';

let driver: SandboxDriver;
let lab: Lab;
let open: OpenProbe;

const anew = () =>
  openProbe({
    lab,
    nonce: '0123456789abcdef',
    begunAt: new Date(),
    answers: {},
    timeline: () => [],
    inbox: () => [],
    signal: new AbortController().signal,
  });

beforeAll(async () => {
  driver = await testDriver('probe');
  lab = await driver.create('probe', topologies.single);
  await lab.run('redis-1', 'systemctl start redis-server');
  open = anew();
  await open.probe.until(async () => ((await open.probe.info('redis-1')) ? true : undefined), 10_000);
});

afterAll(async () => {
  open?.close();
  await driver?.remove('probe');
});

const configure = (lines: string) =>
  lab.run('redis-1', 'cat >> /etc/redis/redis.conf && systemctl restart redis-server', { input: lines });
const ping = () => open.probe.redis('redis-1', ['PING']);

test('answers come back as Redis gives them, errors included', async () => {
  const { probe } = open;
  expect(await probe.redis('redis-1', ['SET', 'a', 1])).toEqual({ ok: true, value: 'OK' });
  expect(await probe.redis('redis-1', ['MGET', 'a', 'b'])).toEqual({ ok: true, value: ['1', null] });
  expect(await probe.redis('redis-1', ['LPUSH', 'a', 'x'])).toMatchObject({ ok: false, why: 'error' });
  expect(await probe.redis('redis-1', ['PING'], 6380)).toMatchObject({ ok: false, why: 'refused' });
  expect((await probe.info('redis-1'))?.['cmdstat_set']).toMatch(/^calls=1,/);
});

test('a user with few rights is not the one to ask with, when another may', async () => {
  await configure(
    'user default on nopass -@all +ping\nuser look on >seen ~* &* +ping\nuser admin on >all ~* &* +@all\n',
  );
  expect(await open.probe.redis('redis-1', ['DBSIZE'])).toMatchObject({ ok: true });
  await lab.run('redis-1', "sed -i '/^user /d' /etc/redis/redis.conf && systemctl restart redis-server");
});

test('a kept connection is made anew after a restart of the server', async () => {
  await ping();
  await lab.run('redis-1', 'systemctl restart redis-server');
  expect(await ping()).toEqual({ ok: true, value: 'PONG' });
});

test('a server bound to the lab alone, with a password, then with users, is asked with what its own file says', async () => {
  await configure(`bind ${lab.address('redis-1')}\nrequirepass "s3 same"\n`);
  expect(await ping()).toEqual({ ok: true, value: 'PONG' });
  await configure('user default off\nuser admin on >open-sesame ~* &* +@all\n');
  expect(await ping()).toEqual({ ok: true, value: 'PONG' });
});

test('a password that stands in no file is evidence', async () => {
  expect(await open.probe.redis('redis-1', ['ACL', 'SETUSER', 'admin', 'resetpass', '>secret'])).toMatchObject({
    ok: true,
  });
  const stranger = anew();
  expect(await stranger.probe.redis('redis-1', ['PING'])).toMatchObject({ ok: false, why: 'password' });
  stranger.close();
});

test('a frozen host does not answer, and one that is down is told apart', async () => {
  const { probe } = open;
  await lab.fault('host-paused', 'redis-1');
  expect(await ping()).toMatchObject({ ok: false });
  await lab.mend('host-paused', 'redis-1');
  await lab.fault('host-down', 'redis-1');
  expect(await ping()).toMatchObject({ ok: false, why: 'host-down' });
  expect(await probe.run('redis-1', 'true')).toMatchObject({ code: 125 });
  expect(await probe.http('redis-1', 80, '/')).toMatchObject({ ok: false, why: 'host-down' });
  expect(await probe.readFile('redis-1', '/etc/hostname')).toBeUndefined();
});
