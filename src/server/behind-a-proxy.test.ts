/** The server behind a proxy that speaks https with browsers: asked as such a proxy asks, over real HTTP. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { openTestClinic } from './testing/test-clinic.ts';

const publicOrigin = 'https://clinic.example.org';
const asBrowsersAsk = { host: 'clinic.example.org', origin: publicOrigin, 'sec-fetch-site': 'same-origin' };

let clinic: Awaited<ReturnType<typeof openTestClinic>>;
const open = async (settings: Readonly<Record<string, string>>) => {
  clinic = await openTestClinic({ PUBLIC_ORIGIN: publicOrigin, ...settings });
};
afterEach(() => clinic.stop());
const browser = () => new Browser(`http://127.0.0.1:${clinic.port}`);

describe('limits by address', () => {
  const guess = async (forwarded: string) => {
    const headers = { ...asBrowsersAsk, 'x-forwarded-for': forwarded };
    return (await browser().ask('POST', '/api/instructor/login', { name: 'Eve', secret: 'a guess' }, headers)).status;
  };
  const guesses = async (forwarded: (nth: number) => string) => {
    const statuses: number[] = [];
    for (let nth = 0; nth < 11; nth += 1) statuses.push(await guess(forwarded(nth)));
    return statuses;
  };
  const ten = Array.from({ length: 10 }, () => 403);

  it('count whom the operator’s proxy names, each for themselves', async () => {
    await open({ TRUSTED_PROXY: '127.0.0.1' });
    expect(await guesses(() => '203.0.113.1')).toEqual([...ten, 429]);
    expect(await guess('203.0.113.2')).toBe(403);
  });

  it('are not passed by who sends the header with other addresses through the proxy', async () => {
    await open({ TRUSTED_PROXY: '127.0.0.1' });
    expect(await guesses((nth) => `198.51.100.${nth}, 203.0.113.1`)).toEqual([...ten, 429]);
  });

  it.each(['', '192.0.2.1'])('believe nobody the header where the proxy that is named is "%s"', async (proxy) => {
    await open({ TRUSTED_PROXY: proxy });
    expect(await guesses((nth) => `203.0.113.${nth}`)).toEqual([...ten, 429]);
  });
});

describe('a browser', () => {
  let school: Server;
  beforeEach(async () => {
    school = createServer((_request, response) => {
      const provider = { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(provider));
    });
    await new Promise<void>((resolve) => school.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(school.address() as AddressInfo).port}`;
    await open({
      TRUSTED_PROXY: '127.0.0.1',
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'clinic',
      OIDC_CLIENT_SECRET: 'a-secret-between-two',
      OIDC_INSTRUCTORS: 'kim@school.example',
    });
  });
  afterEach(() => {
    school.closeAllConnections();
    school.close();
  });

  it('has a session that goes over https only', async () => {
    const { headers } = await browser().ask('GET', '/api/me', undefined, { host: 'clinic.example.org' });
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^clinic=[\w-]{43}; .*HttpOnly; .*; Secure$/)]);
  });

  it('logs in with a school’s account by a cookie that goes over https only, and comes back over https', async () => {
    const { status, headers } = await browser().ask('GET', '/api/instructor/openid', undefined, asBrowsersAsk);
    const { searchParams } = new URL(headers.location ?? '');
    expect([status, searchParams.get('redirect_uri')]).toEqual([302, `${publicOrigin}/api/instructor/openid/callback`]);
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^clinic-openid=.*; HttpOnly; .*; Secure$/)]);
  });

  it('changes things and opens WebSockets from the course’s https pages, whatever name the proxy asks by', async () => {
    for (const host of ['clinic.example.org', `127.0.0.1:${clinic.port}`]) {
      const learner = browser();
      const headers = { ...asBrowsersAsk, host };
      await learner.ask('GET', '/api/me', undefined, headers);
      expect((await learner.ask('DELETE', '/api/lab', undefined, headers)).status).toBe(200);
      expect(await learner.knock('/live', headers)).toBe(101);
    }
  });

  it('does not from the same name over http, nor from another one', async () => {
    const learner = browser();
    await learner.ask('GET', '/api/me', undefined, asBrowsersAsk);
    for (const origin of ['http://clinic.example.org', 'https://evil.example.org']) {
      const headers = { host: 'clinic.example.org', origin };
      expect((await learner.ask('DELETE', '/api/lab', undefined, headers)).status).toBe(403);
      expect(await learner.knock('/live', headers)).toBe(403);
    }
    expect((await learner.ask('GET', '/api/me', undefined, { host: 'evil.example.org' })).status).toBe(421);
  });
});
