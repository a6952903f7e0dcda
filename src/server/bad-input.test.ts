/** What a server on a network gets to hear, and what it must answer without harm. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { instructorSecret, openTestClinic } from './testing/test-clinic.ts';

let clinic: Awaited<ReturnType<typeof openTestClinic>>;
let browser: Browser;
beforeAll(async () => {
  clinic = await openTestClinic({ SOCKETS_PER_LEARNER: '3' });
  browser = new Browser(clinic.address);
  await browser.ask('GET', '/api/me');
});
afterEach(async () => expect((await browser.ask('GET', '/api/me')).status).toBe(200));
afterAll(() => clinic.stop());

describe('a body', () => {
  const problems: readonly (readonly [string, unknown, Record<string, string>, number, string])[] = [
    ['that is no JSON', '{"lesson":', {}, 400, 'The body is not JSON'],
    [
      'of another kind',
      'lesson=quiz',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'Send the body as JSON',
    ],
    ['that lacks a field', {}, {}, 422, 'lesson: Invalid input'],
    ['with a field of another type', { lesson: 7 }, {}, 422, 'lesson: Invalid input'],
    ['with a field that is not asked for', { lesson: 'quiz', admin: true }, {}, 422, 'Unrecognized key: \\"admin\\"'],
    ['over the limit', { lesson: 'x'.repeat(70_000) }, {}, 413, 'larger than 64 KiB'],
    ['with a path for a name', { lesson: '../../etc/passwd' }, {}, 404, 'There is no lesson'],
    ['with the name of what every object has', { lesson: '__proto__' }, {}, 404, 'There is no lesson'],
  ];
  it.each(problems)('%s is a problem that says why', async (_name, body, headers, status, detail) => {
    const answer = await browser.ask('POST', '/api/lab', body, headers);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json).toMatchObject({ type: 'about:blank', status });
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(detail)]);
  });
});

describe('a path', () => {
  it('that does not exist is a page for people and a problem for programs', async () => {
    const page = await browser.ask('GET', '/nope/');
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect((await browser.ask('GET', '/api/nope')).json).toMatchObject({
      status: 404,
      detail: 'There is nothing at /api/nope.',
    });
  });

  it.each([
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/%',
    '/api/lab/hosts/%ff/start',
    '//evil.example/',
  ])('%s leads nowhere', async (path) => expect((await browser.ask('GET', path)).status).toBeGreaterThanOrEqual(400));

  it('with another method names those that it has', async () => {
    const answer = await browser.ask('GET', '/api/lab/reset');
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
    expect((await browser.ask('POST', '/')).status).toBe(405);
  });
});

describe('a request from elsewhere', () => {
  const foreign: readonly Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://localhost:1' },
  ];
  it.each(foreign)('changes nothing and opens no WebSocket: %o', async (headers) => {
    expect((await browser.ask('DELETE', '/api/lab', undefined, headers)).status).toBe(403);
    expect(await browser.knock('/live', headers)).toBe(403);
    expect(await browser.knock('/terminal?id=x', headers)).toBe(403);
  });

  it('under a name that is not this server’s is refused, whatever it asks for', async () => {
    const rebound = { host: 'evil.example:4321', origin: 'http://evil.example:4321' };
    expect((await browser.ask('GET', '/api/me', undefined, rebound)).status).toBe(421);
    expect((await browser.ask('DELETE', '/api/lab', undefined, rebound)).status).toBe(421);
    expect(await browser.knock('/live', rebound)).toBe(421);
  });

  it('from the course’s own page is answered', async () => {
    const own = { origin: clinic.address.replace(/\/$/, ''), 'sec-fetch-site': 'same-origin' };
    expect((await browser.ask('DELETE', '/api/lab', undefined, own)).status).toBe(200);
    expect(await browser.knock('/live', own)).toBe(101);
  });
});

describe('a session', () => {
  it('is a cookie that no script reads, and a made-up one is nobody’s', async () => {
    const stranger = new Browser(clinic.address);
    const { headers } = await stranger.ask('GET', '/api/me');
    expect(headers['set-cookie']?.[0]).toMatch(/^clinic=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    stranger.cookie = `clinic=${'A'.repeat(43)}`;
    expect(await stranger.knock('/live')).toBe(401);
  });
});

describe('a program that comes as a new learner again and again', () => {
  it('is refused after 600 in a minute, and who is known goes on', async () => {
    const flooded = await openTestClinic();
    const known = new Browser(flooded.address);
    await known.ask('GET', '/api/me');
    const come = async () => (await new Browser(flooded.address).ask('GET', '/api/me')).status;
    const statuses = new Set<number>();
    for (let round = 0; round < 61; round += 1)
      for (const status of await Promise.all(Array.from({ length: 10 }, come))) statuses.add(status);
    expect(statuses).toEqual(new Set([200, 429]));
    expect((await known.ask('GET', '/api/me')).status).toBe(200);
    await flooded.stop();
  });
});

describe('the instructor’s secret', () => {
  it('is tried wrongly ten times a minute at most; a staff room that logs in is not refused', async () => {
    const school = await openTestClinic();
    const login = async (secret: string) =>
      (await new Browser(school.address).ask('POST', '/api/instructor/login', { name: 'Ada', secret })).status;
    const inTurn = async (times: number, secret: string) => {
      const statuses: number[] = [];
      for (let n = 0; n < times; n += 1) statuses.push(await login(secret));
      return new Set(statuses);
    };
    expect(await inTurn(12, instructorSecret)).toEqual(new Set([200]));
    expect(await inTurn(10, 'a guess')).toEqual(new Set([403]));
    expect(await login('a guess')).toBe(429);
    await school.stop();
  });
});

describe('a WebSocket', () => {
  it('has its door', async () => expect(await browser.knock('/nope')).toBe(404));

  it('is one of so many a learner', async () => {
    const open = await Promise.all([browser.live(), browser.live(), browser.live()]);
    expect(await browser.knock('/live')).toBe(429);
    const closed = open.map(({ socket }) => once(socket, 'close'));
    for (const { socket } of open) socket.close();
    await Promise.all(closed);
    expect(await browser.knock('/live')).toBe(101);
  });

  it('that says what is not asked for, or too much, or nonsense, is closed with the code for it', async () => {
    const codes: unknown[] = [];
    for (const message of ['{"type":"admin"}', Buffer.alloc(300 * 1024)]) {
      const { socket } = await browser.live();
      socket.send(message);
      codes.push((await once(socket, 'close'))[0]);
    }
    expect(codes).toEqual([1008, 1009]);
  });

  it('with malformed frames is cut off', async () => {
    const { port } = new URL(clinic.address);
    const raw = connect(Number(port), '127.0.0.1');
    raw.write(
      `GET /live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${browser.cookie}\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await once(raw, 'data');
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
    raw.resume();
    await once(raw, 'close');
    expect(raw.destroyed).toBe(true);
  });
});

describe('every answer', () => {
  it('has the headers that hold a page to this server, with the hash of its own script', async () => {
    const { headers } = await browser.ask('GET', '/');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[\w+/=]{44}';/);
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
  });
});
