import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { HostDown } from '#sandbox/driver.ts';
import { HttpLinks } from './http-links.ts';
import { fakeLab } from './testing/fake-lab.ts';

const never = new AbortController().signal;

/** Links to a lab whose every port is this service; `dials` are the connections that were made to it. */
async function linksTo(service: RequestListener): Promise<{ links: HttpLinks; dials: Socket[]; server: Server }> {
  const server = createServer(service).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dials: Socket[] = [];
  const dial = async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    dials.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const links = new HttpLinks(fakeLab({ dial }));
  onTestFinished(() => {
    links.close();
    server.closeAllConnections();
    server.close();
  });
  return { links, dials, server };
}

test('one connection serves many questions, and is closed with the links', async () => {
  const { links, dials } = await linksTo((request, response) => response.end(`${request.method} ${request.url}`));
  const ask = (path: string) => links.ask('monitor', 9090, path, {}, never);
  expect([await ask('/a'), await ask('/b')]).toEqual([
    { ok: true, status: 200, body: 'GET /a' },
    { ok: true, status: 200, body: 'GET /b' },
  ]);
  expect(dials).toHaveLength(1);
  links.close();
  await once(dials[0] as Socket, 'close');
});

test('a service that was restarted between two questions answers the second', async () => {
  let answered = 0;
  const { links, dials } = await linksTo((request, response) => {
    answered += 1;
    // It ends with the second question unanswered, as a service that is killed does.
    if (answered === 2) request.socket.destroy();
    else response.end('here');
  });
  const ask = () => links.ask('monitor', 9090, '/', {}, never);
  await ask();
  expect(await ask()).toEqual({ ok: true, status: 200, body: 'here' });
  expect(dials).toHaveLength(2);
});

test('an answer without end is given up, and the connection with it', async () => {
  const { links, dials } = await linksTo((_request, response) => {
    const pour = () => {
      while (response.write(Buffer.alloc(64 * 1024)));
    };
    response.on('drain', pour);
    pour();
  });
  expect(await links.ask('monitor', 9090, '/metrics', {}, never)).toMatchObject({
    ok: false,
    why: 'refused',
    text: expect.stringContaining('monitor:9090 ended the connection: its answer has more than 4194304 bytes'),
  });
  expect(dials[0]?.destroyed).toBe(true);
});

test('a connection that comes after the end is closed at once', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  let late: Socket | undefined;
  const dial = async () => {
    await promise;
    late = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(late, 'connect');
    return late;
  };
  const links = new HttpLinks(fakeLab({ dial }));
  const ending = new AbortController();
  const asked = links.ask('monitor', 9090, '/', {}, ending.signal);
  ending.abort();
  expect(await asked).toMatchObject({ ok: false, why: 'timeout' });
  links.close();
  resolve();
  await expect.poll(() => late?.destroyed).toBe(true);
});

test('a host that is down is an answer', async () => {
  const links = new HttpLinks(fakeLab({ dial: async () => Promise.reject(new HostDown('monitor is not running.')) }));
  expect(await links.ask('monitor', 9090, '/', {}, never)).toEqual({
    ok: false,
    why: 'host-down',
    text: 'monitor is not running.',
  });
});
