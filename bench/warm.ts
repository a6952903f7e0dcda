/** From the click on "Start the lab" to a prompt, for learners who get a spare lab, over the server's own routes. */
import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from '../e2e/server.ts';
import { Browser } from '../src/server/testing/browser.ts';
import { Typist } from '../src/server/terminals/testing/typist.ts';
import type { LabView, TerminalView } from '#shared/wire.ts';
import { bounded, milliseconds, say, type Figure } from './figures.ts';

/** Of the topology that spares are made of at first. */
const lesson = 'persistence';
const learners = 5;
/** Milliseconds after which the server makes the next spare, and what making it takes at most. */
const refill = 15_000;

export async function* warm(): AsyncGenerator<Figure> {
  const what = 'from the warm pool to the first prompt';
  yield bounded(what, 5, async () => {
    const server = await startServer({ WARM_LABS: '1' });
    try {
      const all: number[] = [];
      const preparing: number[] = [];
      for (let turn = 0; turn < learners; turn += 1) {
        say(`waiting for a spare lab (${turn + 1} of ${learners})`);
        await pause(refill);
        const taken = await start(server.url);
        all.push(taken.all);
        preparing.push(taken.preparing);
      }
      const rest = all.map((each, turn) => each - (preparing[turn] ?? 0));
      return {
        what,
        figure: milliseconds(rest),
        beside: `without the lesson's preparation, which took ${milliseconds(preparing)}; in all ${milliseconds(all)}; aim: at most 300 ms`,
      };
    } finally {
      await server.stop();
    }
  });
}

/** One learner's click: milliseconds until the prompt, and those of them in which the lesson was prepared. */
async function start(address: string): Promise<{ readonly all: number; readonly preparing: number }> {
  const browser = new Browser(address);
  await browser.ask('GET', '/api/me');
  const page = await browser.live();
  await page.next('hello');
  const begun = performance.now();
  await browser.ask('POST', '/api/lab', { lesson });
  const until = async (state: LabView['state']) => {
    await page.next('lab', ({ lab }) => lab.state === state);
    return performance.now();
  };
  const taken = await until('preparing');
  const prepared = await until('ready');
  const { terminals } = await page.next('terminals', (message) =>
    message.terminals.some(({ host }) => host === 'redis-1'),
  );
  const id = terminals.find(({ host }: TerminalView) => host === 'redis-1')?.id;
  const terminal = await Typist.connect(new URL(`/terminal?id=${id}`, address.replace(/^http/, 'ws')).href, {
    cookie: browser.cookie,
  });
  await terminal.sees(/\$ ?$/);
  const all = performance.now() - begun;
  await terminal.close();
  page.socket.close();
  await browser.ask('DELETE', '/api/lab');
  return { all, preparing: prepared - taken };
}
