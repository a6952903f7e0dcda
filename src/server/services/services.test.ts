import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createServer, request, type IncomingMessage, type RequestListener } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PortRefused, type Lab } from '#sandbox/driver.ts';
import { topologies } from '#sandbox/topologies.ts';
import type { ChartsView, ServiceView } from '#shared/wire.ts';
import type { RouteRequest } from '../http/route.ts';
import { servicesRoom } from './index.ts';
import { serviceOrigins } from './origin.ts';

/** A page inside a lab that tries what it can: cookies for the course, a way out, rights over other origins. */
const hostile: RequestListener = (incoming, response) => {
  heard.push(incoming);
  if (incoming.url === '/away') return response.writeHead(302, { location: 'https://evil.example/phish' }).end();
  if (incoming.url === '/again')
    return response.writeHead(302, { location: 'http://monitor:9090/classic/graph?x=1' }).end();
  if (incoming.url?.startsWith('/api/v1/query_range')) return response.end(JSON.stringify(prometheusAnswer));
  response.writeHead(200, {
    'content-type': 'text/html',
    'set-cookie': 'session=stolen; Domain=localhost; Path=/',
    'access-control-allow-origin': '*',
    'clear-site-data': '"*"',
    'service-worker-allowed': '/',
    'content-security-policy': 'frame-ancestors *',
  });
  response.end(`<script>fetch('http://localhost:4321/api/lab', { method: 'DELETE', credentials: 'include' })</script>`);
};
const prometheusAnswer = {
  status: 'success',
  data: {
    result: [
      {
        metric: { instance: 'redis://redis-1:6379' },
        values: [
          [1, '2.5'],
          [2, 'NaN'],
        ],
      },
    ],
  },
};

const heard: IncomingMessage[] = [];
let grafanaThere = true;
const inside = createServer(hostile);
const course = 'http://localhost:4321';
const lab = {
  id: 'f-lab1',
  topology: topologies['trio+monitor'],
  async dial(_host: string, port: number) {
    if (port !== 9090) throw new PortRefused('nothing listens');
    const socket = connect((inside.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  },
  run: async () => ({ code: grafanaThere ? 0 : 1 }),
} as unknown as Lab;
const room = servicesRoom({
  labOf: async (learner) => (learner === 'ada' ? lab : undefined),
  labById: async (id) => (id === lab.id ? lab : undefined),
  course,
  pattern: 'http://*.localhost:4321',
  secret: 'a secret of this installation',
});
const front = createServer((incoming, response) => {
  if (!room.handle(incoming, response)) response.end('the course');
});
beforeAll(async () => {
  await Promise.all([inside, front].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
});
afterAll(() => [inside, front].forEach((server) => server.close()));

/** What a browser would send to this address, with whatever headers the attack needs. */
async function browse(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const { host, pathname, search } = new URL(url);
  const asked = request({
    port: (front.address() as AddressInfo).port,
    host: '127.0.0.1',
    method,
    path: pathname + search,
    headers: { host, ...headers },
  }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  return { status: answer.statusCode, headers: answer.headers, text };
}
const route = (path: string) => room.routes.find((candidate) => candidate.path === path);
async function get<T>(path: string, learner = 'ada'): Promise<T> {
  const reply = await route(path)?.handle({ learner } as RouteRequest, undefined as never);
  return (reply as { json: T }).json;
}
const prometheus = async () =>
  (await get<ServiceView[]>('/api/lab/services')).find(({ name }) => name === 'prometheus')?.url ?? '';

test('the list says which services answer, each on an origin that is not the course', async () => {
  const list = await get<ServiceView[]>('/api/lab/services');
  expect(list.map(({ name, up }) => [name, up])).toEqual([
    ['prometheus', true],
    ['alertmanager', false],
    ['exporter', false],
    ['grafana', false],
  ]);
  expect(new Set([course, ...list.map(({ url }) => new URL(url).origin)]).size).toBe(5);
  await expect(get('/api/lab/services', 'bob')).rejects.toThrow('You have no lab');
});

test('a Grafana that this installation does not have is called that, and not one that does not run', async () => {
  const lacking = async () =>
    (await get<ServiceView[]>('/api/lab/services')).filter((view) => view.lacking).map(({ name }) => name);
  expect(await lacking()).toEqual([]);
  grafanaThere = false;
  expect(await lacking()).toEqual(['grafana']);
  grafanaThere = true;
});

test('no cookie passes, neither the session inwards nor one from the lab outwards', async () => {
  const url = await prometheus();
  const { headers, text } = await browse(url + '/graph', {
    cookie: 'session=ada',
    authorization: 'Basic eDp5',
    origin: course,
    referer: course,
  });
  const seen = heard.at(-1)?.headers;
  expect(Object.keys(seen ?? {}).sort()).toEqual(['connection', 'host']);
  expect(seen?.host).toBe('monitor:9090');
  for (const name of ['set-cookie', 'access-control-allow-origin', 'clear-site-data', 'service-worker-allowed'])
    expect(headers).not.toHaveProperty(name);
  expect(text).toContain('fetch(');
});

test('a page of the lab may speak to its own origin only, and is shown in the course only', async () => {
  const url = await prometheus();
  const policy = (await browse(url + '/')).headers['content-security-policy'];
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("form-action 'self'");
  expect(policy).toContain(`frame-ancestors ${course}`);
  expect(policy).toMatch(/sandbox (?!.*allow-(top-navigation|popups))/);
});

test('a redirect leads back to the service, never away', async () => {
  const url = await prometheus();
  expect((await browse(url + '/again')).headers.location).toBe('/classic/graph?x=1');
  expect((await browse(url + '/away')).headers.location).toBeUndefined();
});

test('an address with a wrong seal, another lab or an unknown service leads nowhere', async () => {
  const url = await prometheus();
  const before = heard.length;
  const wrong = [
    url.replace('f-lab1', 'f-lab2'),
    url.replace(/-[0-9a-f]{26}/, '-' + '0'.repeat(26)),
    url.replace('prometheus', 'redis'),
    'http://x.localhost:4321',
  ];
  for (const address of wrong) expect((await browse(address + '/api/me', { cookie: 'session=ada' })).status).toBe(404);
  expect(heard.length).toBe(before);
  expect((await browse(course + '/')).text).toBe('the course');
});

test('a service that does not run is said to be so, and Alertmanager has a page', async () => {
  const list = await get<ServiceView[]>('/api/lab/services');
  const url = (name: string) => list.find((service) => service.name === name)?.url ?? '';
  expect(await browse(url('grafana') + '/')).toMatchObject({
    status: 502,
    text: expect.stringContaining('grafana is not running'),
  });
  expect(await browse(url('alertmanager') + '/')).toMatchObject({
    status: 200,
    text: expect.stringContaining('<h1>Alertmanager</h1>'),
  });
});

test('charts carry the numbers of Prometheus and nothing that is not a number', async () => {
  const view = await get<ChartsView>('/api/lab/charts');
  expect(view.up).toBe(true);
  expect(view.charts.map(({ id }) => id)).toEqual(['memory', 'ops', 'lag']);
  expect(view.charts[0]?.series).toEqual([{ name: 'redis-1', points: [[1, 2.5]] }]);
});

test('a pattern without a wildcard is refused when the server starts', () => {
  expect(() => serviceOrigins('https://labs.example.org', 's')).toThrow('begins with "*."');
});

test.each(['POST', 'PUT', 'DELETE'])('%s passes to the lab and never to the course', async (method) => {
  const url = await prometheus();
  await browse(url + '/api/lab', { cookie: 'session=ada' }, method);
  expect(heard.at(-1)).toMatchObject({ method, url: '/api/lab' });
});
