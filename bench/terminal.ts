/** Terminals beside their floor (the engine's raw exec stream), in the same lab and the same run. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Lab } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import { openDriver } from '../src/authoring/engine.ts';
import { terminalRoom } from '../src/server/terminals/index.ts';
import { Typist } from '../src/server/terminals/testing/typist.ts';
import { median, milliseconds, repeat, timed, type Figure } from './figures.ts';
import { opening } from './opening.ts';

const learner = 'bench';
const keys = 100;
/** Twenty keys a second. */
const keyPause = 50;
const size = { cols: 100, rows: 28 };

const pause = (milliseconds_: number) => new Promise((resolve) => setTimeout(resolve, milliseconds_));

/** Milliseconds from a key to its echo on a raw shell. */
async function floorEcho(lab: Lab): Promise<readonly number[]> {
  const shell = await lab.openTerminal('redis-1', size);
  shell.output.resume();
  await pause(500);
  const times = await repeat(keys, async () => {
    await pause(keyPause);
    return timed(async () => {
      shell.write(Buffer.from('a'));
      await once(shell.output, 'data');
    });
  });
  await shell.close();
  return times;
}

async function productEcho(page: Typist): Promise<readonly number[]> {
  return repeat(keys, async () => {
    await pause(keyPause);
    const before = page.received;
    return timed(async () => {
      page.type('a');
      while (page.received === before) await new Promise((resolve) => setImmediate(resolve));
    });
  });
}

export async function* terminal(): AsyncGenerator<Figure> {
  const driver = await openDriver();
  const lab = await driver.create('bench', topologies.single);
  const room = terminalRoom({
    labOf: () => lab,
    limits: { perLearner: 12, grace: 60_000 },
    onCommandEnded: () => undefined,
    onChanged: () => undefined,
    onUsed: () => undefined,
    log: { warn: () => undefined },
  });
  const server = createServer();
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) =>
    room.doors[0]?.open(socket, { url: new URL(request.url ?? '/', 'http://course'), learner, instructor: undefined }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await room.warm(learner);
    const { port } = server.address() as AddressInfo;
    const open = () => Typist.connect(`ws://127.0.0.1:${port}/terminal?id=${room.list(learner)[0]?.id}`);
    const opened = await repeat(5, () =>
      timed(async () => {
        const page = await open();
        await page.sees(/\$ ?$/);
        await page.close();
      }),
    );
    yield { what: 'open a warm terminal → its prompt', figure: milliseconds(opened) };
    const page = await open();
    await page.sees(/\$ ?$/);
    const floor = await floorEcho(lab);
    const product = await productEcho(page);
    page.type('\u0003');
    yield {
      what: 'key → echo at 20 keys a second',
      figure: milliseconds(product),
      beside: `floor ${milliseconds(floor)}; ${(median(product) - median(floor)).toFixed(2)} ms more (aim 0.5, at most 0.8)`,
    };

    const grown: number[] = [];
    const interrupted = await repeat(5, async () => {
      await page.sees(/\$ ?$/);
      const before = process.memoryUsage().rss;
      page.type('yes\r');
      await pause(300);
      page.stall();
      await pause(1_500);
      grown.push((process.memoryUsage().rss - before) / 1e6);
      return timed(async () => {
        page.type('\u0003');
        page.goOn();
        await page.sees(/\^C[\s\S]*\$ ?$/);
      });
    });
    await page.close();
    yield {
      what: 'Ctrl-C on an endless yes, page stalled 1.5 s → prompt',
      figure: milliseconds(interrupted),
      beside: `aim: at most 150 ms; server grew by ${median(grown).toFixed(1)} MB (aim: under 5)`,
    };
  } finally {
    await room.close();
    server.closeAllConnections();
    server.close();
    await driver.remove('bench');
  }
  yield opening();
}
