import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isPrivate } from './address.ts';
import { Refused } from './outbox.ts';
import { NotNow, post } from './post.ts';

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const status = Number(request.url?.slice(1));
    response.writeHead(status, status === 302 ? { location: '/200' } : {}).end(`said ${status}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

const ask = (status: number | string) =>
  post({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${status}`,
    headers: {},
    body: 'x',
    signal: new AbortController().signal,
  });

it('gives the text of what was taken', async () => expect(await ask(201)).toBe('said 201'));

it.each([400, 403, 404, 422])('is refused for good by %i', async (status) => {
  await expect(ask(status)).rejects.toThrow(Refused);
  await expect(ask(status)).rejects.toThrow(`answered ${status}: said ${status}`);
});

it.each([302, 401, 408, 409, 429, 500, 503])('may be taken later after %i', (status) =>
  expect(ask(status)).rejects.toThrow(NotNow),
);

it.each([
  ['https://school.example/token', true],
  ['http://127.0.0.1:8080/', true],
  ['http://localhost/', true],
  ['http://school.example/', false],
  ['ftp://school.example/', false],
  ['nonsense', false],
])('%s is private: %s', (address, is) => expect(isPrivate(address)).toBe(is));
