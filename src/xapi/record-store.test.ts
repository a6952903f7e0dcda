import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Refused } from '../outbox/outbox.ts';
import { recordStore } from './record-store.ts';

let server: Server;
let status = 200;
beforeAll(async () => {
  server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

const parcel = (id: number) => ({ id, channel: '', key: String(id), learner: '', body: { id }, madeAt: new Date() });
const send = (count: number) =>
  recordStore({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/xapi/`,
    key: 'k',
    secret: 's',
    names: false,
  }).send(
    Array.from({ length: count }, (_, id) => parcel(id)),
    new AbortController().signal,
  );

it('takes a statement that the store has already for taken, one by one', async () => {
  status = 409;
  await expect(send(2)).rejects.toThrow(Refused);
  await expect(send(1)).resolves.toBeUndefined();
});

it('tells what may be taken later from what never will', async () => {
  status = 503;
  await expect(send(1)).rejects.toThrow('answered 503');
  status = 400;
  await expect(send(1)).rejects.toThrow(Refused);
});
