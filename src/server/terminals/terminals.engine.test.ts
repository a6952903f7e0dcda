import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectEngine, dockerDriver, labImage, ownerOf } from '#sandbox/docker/index.ts';
import type { Lab, SandboxDriver } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import { terminalRoom, type TerminalRoom } from './index.ts';
import { limits } from './limits.ts';
import { Typist } from './testing/typist.ts';

const learner = 'ann';
const prompt = /redis-1.*\$ ?$/;
const ended = vi.fn<(learner: string, host: string, status: number) => void>();
let driver: SandboxDriver;
let lab: Lab;
let room: TerminalRoom;
let server: Server;

const roomOver = (lab: Lab) =>
  terminalRoom({
    labOf: () => lab,
    limits: { perLearner: 12, grace: 60_000 },
    onCommandEnded: ended,
    onChanged: () => {},
    onUsed: () => {},
    log: { warn: () => {} },
  });

beforeAll(async () => {
  const docker = await connectEngine();
  const instance = `terminals-${process.pid}`;
  driver = dockerDriver({ docker, instance, image: labImage(), network: '10.214.0.0/16', owner: ownerOf(process.pid) });
  lab = await driver.create('Cterminals', topologies.trio);
  room = roomOver(lab);
  server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket, request) =>
    room.doors[0]?.open(socket, { url: new URL(request.url ?? '/', 'http://course'), learner, instructor: undefined }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await room.warm(learner);
});

afterAll(async () => {
  await room?.close();
  server?.closeAllConnections();
  server?.close();
  await driver?.remove('Cterminals');
});

const idOn = (host: string) =>
  room.list(learner).find((view) => view.host === host)?.id ?? expect.fail(`no terminal on ${host}`);

function connect(id: string): Promise<Typist> {
  const { port } = server.address() as AddressInfo;
  return Typist.connect(`ws://127.0.0.1:${port}/terminal?id=${id}`);
}

async function processes(host: 'redis-1' | 'redis-2' | 'redis-3'): Promise<string> {
  return (await lab.run(host, 'ps -u learner -o args=')).stdout;
}

describe('terminals on a real lab', () => {
  it('shows the prompt of a shell that was opened ahead, echoes, and tells that a command has ended', async () => {
    const page = await connect(idOn('redis-1'));
    await page.sees(prompt);
    page.type('echo grüße-€-語; false\r');
    await page.sees(/^grüße-€-語$/m);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledWith(learner, 'redis-1', 1));
    await page.close();
  });

  it('shows the same screen after a reconnect, in the same shell', async () => {
    const page = await connect(idOn('redis-1'));
    page.type('marker=here; printf "line %s\\n" $(seq 60)\r');
    await page.sees(/^line 60\n.*\$ ?$/m);
    const before = page.text;
    await page.close();
    const again = await connect(idOn('redis-1'));
    await again.sees(/^line 60$/m);
    expect(again.text).toBe(before);
    again.type('echo "still $marker"\r');
    await again.sees(/^still here$/m);
    await again.close();
  });

  it('gives the shell the size of the pane', async () => {
    const page = await connect(idOn('redis-2'));
    page.say({ type: 'resize', cols: 71, rows: 19 });
    await vi.waitFor(() => expect(page.messages.at(-1)).toMatchObject({ cols: 71, rows: 19 }));
    page.type('until [ "$(stty size)" = "19 71" ]; do sleep 0.05; done; echo sized\r');
    await page.sees(/^sized$/m);
    await page.close();
  });

  it('passes Ctrl-P and Ctrl-Q on to the shell', async () => {
    const page = await connect(idOn('redis-2'));
    page.type('echo from-history\r');
    await page.sees(/^from-history\n.*\$ ?$/m);
    // Ctrl-Q takes the next key as it is.
    page.type('\x10\x11-again\r');
    await page.sees(/^from-history-again$/m);
    await page.close();
  });

  it('holds an endless output back for a page that hangs, and Ctrl-C brings the prompt at once', async () => {
    const page = await connect(idOn('redis-1'));
    await page.sees(prompt);
    page.stall();
    const before = process.memoryUsage().rss;
    page.type('yes\r');
    await vi.waitFor(() => expect(page.received).toBeGreaterThan(limits.high), { timeout: 20_000 });
    // What is under way still comes; then it must stand still.
    const stands = async () => {
      const held = page.received;
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(page.received).toBe(held);
    };
    await vi.waitFor(stands, { timeout: 20_000 });
    expect(page.received).toBeLessThan(2 * limits.high);
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024);
    page.type('\x03');
    page.goOn();
    await page.sees(/\^C\n.*redis-1.*\$ ?$/, 3_000);
    page.type('echo alive\r');
    await page.sees(/^alive$/m);
    await page.close();
  });

  it('offers a new shell when the old one has ended', async () => {
    const page = await connect(idOn('redis-3'));
    page.type('exit 7\r');
    await vi.waitFor(() => expect(page.messages.at(-1)).toEqual({ type: 'ended', status: 7 }), { timeout: 5_000 });
    page.say({ type: 'start-again' });
    await vi.waitFor(() => expect(page.messages.at(-1)?.type).toBe('screen'), { timeout: 5_000 });
    page.type('echo anew\r');
    await page.sees(/^anew$/m);
    await page.close();
  });

  it('leaves no shell and no child of it when a terminal is closed', async () => {
    const page = await connect(idOn('redis-2'));
    page.type('sleep 4321 & sleep 1234\r');
    await vi.waitFor(async () => expect(await processes('redis-2')).toContain('sleep 1234'), { timeout: 5_000 });
    await room.closeAll(lab.id);
    expect(await processes('redis-2')).toBe('');
    expect(room.counts()).toEqual({ terminals: 0, viewers: 0 });
    await vi.waitFor(() => expect(page.closedWith).toBe(1000));
  });

  it('ends shells that an earlier server left on a host', async () => {
    const orphan = await lab.openTerminal('redis-3', { cols: 80, rows: 24 });
    orphan.output.resume();
    orphan.write(Buffer.from('sleep 9876\r'));
    await vi.waitFor(async () => expect(await processes('redis-3')).toContain('sleep 9876'), { timeout: 5_000 });
    const next = roomOver(lab);
    await next.warm(learner);
    await orphan.ended;
    expect(await processes('redis-3')).not.toContain('sleep 9876');
    await next.close();
  });
});
