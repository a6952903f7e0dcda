/** The server's own process on a real engine: what it acknowledged is there after kill -9, the lab included. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine, dockerDriver, labImage, ownerOf } from '#sandbox/docker/index.ts';
import type { LabView, StepProgress, VerdictView } from '#shared/wire.ts';
import { Browser } from './testing/browser.ts';

const network = '10.214.0.0/16';
const lesson = 'redis-environment';
let data: string;
let server: { readonly process: ChildProcess; readonly address: string };

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'clinic-server-'));
  await writeFile(join(data, 'index.html'), '<!doctype html><title>Course</title>');
});
afterAll(async () => {
  server.process.kill('SIGKILL');
  const instance = (await readFile(join(data, 'instance'), 'utf8')).slice(0, 10);
  const driver = dockerDriver({ docker: await connectEngine(), instance, image: labImage(), network });
  for (const { id } of await driver.list()) await driver.remove(id);
  await rm(data, { recursive: true });
});

async function start(settings: Readonly<Record<string, string>> = {}) {
  const process_ = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: data,
      PAGES_DIR: data,
      LAB_NETWORK: network,
      LAB_OWNER: ownerOf(process.pid),
      WARM_LABS: '0',
      LOG_LEVEL: 'warn',
      ...settings,
    },
  });
  let said = '';
  process_.stderr.on('data', (chunk) => (said += chunk));
  for await (const line of createInterface({ input: process_.stdout })) {
    const [, address] = /ready: (\S+)$/.exec(line) ?? [];
    if (address) return { process: process_, address };
  }
  throw new Error(said);
}

interface Me {
  readonly lab: LabView;
  readonly progress: readonly StepProgress[];
}

it('makes a lab, checks it, and has lab, lease and progress again after kill -9', async () => {
  server = await start();
  const browser = new Browser(server.address);
  await browser.ask('GET', '/api/me');
  const page = await browser.live();
  const entered = await browser.ask('POST', '/api/lab', { lesson });
  expect([entered.status, entered.text]).toEqual([200, expect.stringContaining('making')]);
  const { lab } = await page.next('lab', (message) => ['ready', 'broken'].includes(message.lab.state));
  expect(lab).toMatchObject({
    state: 'ready',
    lesson,
    hosts: expect.arrayContaining(['redis-1', 'redis-2', 'redis-3']),
  });
  const [step] = ((await browser.ask('GET', '/api/me')).json as Me).progress;
  const verdict = (await browser.ask('POST', `/api/steps/${step?.step}/check`)).json as VerdictView;
  expect(verdict.state).toBe('unmet');
  expect(verdict.findings.length).toBeGreaterThan(0);
  // The check was a use of the lab, which may have put the end of its lease off.
  const before = (await browser.ask('GET', '/api/me')).json as Me;

  const killed = once(server.process, 'exit');
  server.process.kill('SIGKILL');
  await killed;
  server = await start();
  const again = new Browser(server.address);
  again.cookie = browser.cookie;
  const me = (await again.ask('GET', '/api/me')).json as Me;
  expect(me.lab).toEqual(before.lab);
  expect(me.progress.find((progress) => progress.step === step?.step)?.verdict).toEqual(verdict);
  const now = (await again.ask('POST', `/api/steps/${step?.step}/check`)).json as VerdictView;
  expect(now.findings.map(({ criterion, state }) => [criterion, state])).toEqual(
    verdict.findings.map(({ criterion, state }) => [criterion, state]),
  );
});

describe('a start that cannot be', () => {
  it.each([
    ['a second server on the data folder', {}, /uses the data folder .*: stop it/],
    [
      'a busy port',
      { DATA_DIR: join(tmpdir(), 'clinic-other') },
      /^Port \d+ on 127\.0\.0\.1 is in use by another program/,
    ],
    [
      'no engine',
      { DATA_DIR: join(tmpdir(), 'clinic-other'), DOCKER_HOST: 'unix:///nowhere.sock' },
      /^No Docker engine answers at unix:\/\/\/nowhere\.sock/,
    ],
    ['a setting that is none', { PORT: 'http' }, /^PORT is "http"; expected: a whole number from 0 to 65535\.\n$/],
  ])('is one sentence: %s', async (_what, settings, sentence) => {
    const port = new URL(server.address).port;
    await expect(start({ PORT: port, ...settings })).rejects.toThrow(sentence);
    await rm(join(tmpdir(), 'clinic-other'), { recursive: true, force: true });
  });
});

it('ends in good order when asked to, and keeps the lab', async () => {
  const browser = new Browser(server.address);
  const exited = once(server.process, 'exit');
  server.process.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  await expect(browser.ask('GET', '/healthz')).rejects.toThrow('ECONNREFUSED');
  const instance = (await readFile(join(data, 'instance'), 'utf8')).slice(0, 10);
  const driver = dockerDriver({ docker: await connectEngine(), instance, image: labImage(), network });
  expect(await driver.list()).toMatchObject([{ whole: true }]);
});
