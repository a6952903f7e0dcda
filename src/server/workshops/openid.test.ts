/** A login with a school's account against a real provider that runs in the test. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error The package has no types.
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestClinic } from '../testing/test-clinic.ts';
import { Walker } from '../testing/walker.ts';

const accounts: Readonly<Record<string, object>> = {
  kim: { sub: 'kim', email: 'Kim@School.example', email_verified: true, name: 'Kim' },
  eve: { sub: 'eve', email: 'eve@school.example', email_verified: true, name: 'Eve' },
  mal: { sub: 'mal', email: 'kim@school.example', email_verified: false, name: 'Mal' },
};

let provider: Server;
let clinic: Awaited<ReturnType<typeof openTestClinic>>;

beforeAll(async () => {
  provider = createServer();
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const path = '/realms/staff';
  const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}${path}`;
  clinic = await openTestClinic({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'clinic',
    OIDC_CLIENT_SECRET: 'a-secret-between-two',
    OIDC_INSTRUCTORS: 'kim@school.example, other@school.example',
  });
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: 'clinic',
        client_secret: 'a-secret-between-two',
        redirect_uris: [new URL('/api/instructor/openid/callback', clinic.address).href],
      },
    ],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...accounts[id] }),
    }),
  });
  const answer = oidc.callback();
  provider.on('request', (request: IncomingMessage & { originalUrl?: string }, response) => {
    // Many providers have a path; this one finds its own by the whole address beside the shortened one.
    request.originalUrl = request.url;
    request.url = request.url?.slice(path.length);
    answer(request, response);
  });
});
afterAll(async () => {
  await clinic.stop();
  provider.close();
});

class Person extends Walker {
  constructor() {
    super(clinic.address);
  }

  /** Begins at the course, logs in and consents at the provider; the course's last answer. */
  async logIn(account: string): Promise<Response> {
    let page = await this.go(new URL('/api/instructor/openid', clinic.address).href);
    const forms: Record<string, string>[] = [
      { prompt: 'login', login: account, password: 'any' },
      { prompt: 'consent' },
    ];
    for (const form of forms) {
      const action = /action="([^"]+)"/.exec(await page.text())?.[1];
      if (action === undefined) throw new Error('the provider showed no form');
      page = await this.go(new URL(action, page.url).href, form);
    }
    return page;
  }

  async instructor(): Promise<unknown> {
    return ((await (await this.go(new URL('/api/instructor', clinic.address).href)).json()) as { name: unknown }).name;
  }
}

describe('a school’s account', () => {
  it('of an instructor lets in, under its name', async () => {
    const kim = new Person();
    const answer = await kim.logIn('kim');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/instructor/']);
    expect(await kim.instructor()).toBe('Kim');
  });

  it('that is nobody’s on the list is refused, with its address', async () => {
    const eve = new Person();
    const answer = await eve.logIn('eve');
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('eve@school.example is not an instructor');
    expect(await eve.instructor()).toBeNull();
  });

  it('whose address the provider has not verified is refused', async () => {
    expect((await new Person().logIn('mal')).status).toBe(403);
  });

  it('is not taken from an answer that this browser did not ask for', async () => {
    const answer = await new Person().go(
      new URL('/api/instructor/openid/callback?code=x&state=guess', clinic.address).href,
    );
    expect(answer.status).toBe(400);
  });
});
