/**
 * A new terminal until its prompt: over the server's own routes, and beside it the floor, the same shell on the engine's
 * raw exec stream in the same host, turn by turn.
 */
import { once, type EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { TerminalView } from '#shared/wire.ts';
import { connectEngine, ownerOf } from '#sandbox/docker/index.ts';
import { startServer } from '../e2e/server.ts';
import { Browser } from '../src/server/testing/browser.ts';
import { bounded, median, milliseconds, say, timed, type Figure } from './figures.ts';

const what = 'open a new terminal → its prompt';
const host = 'redis-1';
const turns = 20;
/** With which every prompt begins. */
const prompt = `learner@${host}`;

type Container = ReturnType<Awaited<ReturnType<typeof connectEngine>>['getContainer']>;

export async function opening(): Promise<Figure> {
  return bounded(what, 3, async () => {
    const server = await startServer();
    try {
      const browser = new Browser(server.url);
      const page = await browserWithLab(browser);
      const container = await containerOfTheHost();
      const floor: number[] = [];
      const product: number[] = [];
      say(`opening ${turns} terminals and ${turns} raw shells`);
      for (let turn = 0; turn < turns; turn += 1) {
        floor.push(await rawShell(container));
        product.push(await terminal(browser));
      }
      page.close();
      const ratio = median(product) / median(floor);
      return {
        what,
        figure: milliseconds(product),
        beside: `floor (raw exec stream) ${milliseconds(floor)}: ${ratio.toFixed(2)} times (aim: at most 1.2)`,
      };
    } finally {
      await server.stop();
    }
  });
}

/** A learner whose lab is ready and whose hosts have their first terminals; the page that keeps them is open. */
async function browserWithLab(browser: Browser) {
  await browser.ask('GET', '/api/me');
  const page = await browser.live();
  await browser.ask('POST', '/api/lab', { lesson: 'key-metrics' });
  await page.next('lab', ({ lab }) => lab.state === 'ready');
  await page.next('terminals', ({ terminals }) => terminals.some((each) => each.host === host));
  return page.socket;
}

/** Milliseconds until the page has the first bytes of the prompt. */
async function terminal(browser: Browser): Promise<number> {
  let close = async (): Promise<unknown> => undefined;
  const taken = await timed(async () => {
    const { id } = (await browser.ask('POST', '/api/lab/terminals', { host })).json as TerminalView;
    const socket = browser.socket(`/terminal?id=${id}`);
    close = () => browser.ask('DELETE', `/api/lab/terminals/${id}`);
    await promptIn(socket, 'message');
  });
  await close();
  return taken;
}

/** The same until the engine's stream has them, without the course between. */
async function rawShell(container: Container): Promise<number> {
  let stream: Duplex | undefined;
  const taken = await timed(async () => {
    const exec = await container.exec({
      Cmd: ['bash', '--login'],
      User: 'learner',
      WorkingDir: '/home/learner',
      Env: ['TERM=xterm-256color', 'LANG=C.UTF-8', 'HOME=/home/learner', 'USER=learner'],
      Tty: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      ConsoleSize: [28, 100],
    });
    stream = await exec.start({ hijack: true, stdin: true, Tty: true });
    await promptIn(stream, 'data');
  });
  stream?.end('exit\r');
  if (stream) await once(stream, 'close');
  return taken;
}

function promptIn(from: EventEmitter, event: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let seen = '';
  from.on(event, (bytes: Buffer) => {
    seen += bytes.toString();
    if (seen.includes(prompt)) resolve();
  });
  return promise;
}

async function containerOfTheHost(): Promise<Container> {
  const docker = await connectEngine();
  const label = [`redis-clinic.owner=${ownerOf(process.pid)}`, `redis-clinic.host=${host}`];
  const [found] = await docker.listContainers({ filters: { label } });
  if (!found) throw new Error(`${host} of the lab was not found`);
  return docker.getContainer(found.Id);
}
