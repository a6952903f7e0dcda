/** Launches by a course system that runs in the test: who comes in as whom, and what is refused. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JWTPayload } from 'jose';
import { membership, TestPlatform } from '../../lti/testing/platform.ts';
import { Browser } from '../testing/browser.ts';
import { instructorSecret, openTestClinic } from '../testing/test-clinic.ts';
import { Walker } from '../testing/walker.ts';

const claim = 'https://purl.imsglobal.org/spec/lti/claim';
const minute = 60_000;

let platform: TestPlatform;
let trusted: TestPlatform;
let clinic: Awaited<ReturnType<typeof openTestClinic>>;
let launchAddress: string;

beforeAll(async () => {
  [platform, trusted] = await Promise.all([TestPlatform.open(), TestPlatform.open()]);
  clinic = await openTestClinic({}, [platform.settings(), trusted.settings({ instructors: true })]);
  launchAddress = new URL('/lti/launch', clinic.address).href;
});
afterEach(() => void vi.useRealTimers());
afterAll(async () => {
  await clinic.stop();
  platform.close();
  trusted.close();
});

/** Somebody at the course system, in a browser of their own. */
class Person extends Walker {
  readonly #platform: TestPlatform;

  constructor(at = platform) {
    super(clinic.address);
    this.#platform = at;
  }

  /** Clicks the link: the login begins, and the course asks the platform who this is. */
  async begin(changes: Readonly<Record<string, string>> = {}, by: 'GET' | 'POST' = 'GET') {
    const asked = {
      iss: this.#platform.origin,
      login_hint: '535fa085',
      target_link_uri: launchAddress,
      client_id: 'clinic-at-school',
      lti_message_hint: 'eyJ0eXAi.message',
      lti_deployment_id: 'deployment-1',
      ...changes,
    };
    const address = new URL('/lti/login', clinic.address);
    if (by === 'POST') return this.#sent(await this.go(address.href, asked, elsewhere));
    address.search = new URLSearchParams(asked).toString();
    return this.#sent(await this.go(address.href));
  }

  /** What the course asked the platform, when it did. */
  #sent(answer: Response) {
    const url = new URL(answer.url);
    return { answer, asked: Object.fromEntries(url.searchParams) as Record<string, string> };
  }

  post(form: Readonly<Record<string, string>>): Promise<Response> {
    return this.go(launchAddress, form, elsewhere);
  }

  /** The whole way, with other claims than the usual ones. */
  async launch(changes: JWTPayload = {}): Promise<Response> {
    const { asked } = await this.begin();
    const claims = this.#platform.claims(launchAddress, asked['nonce'] ?? '', changes);
    return this.post({ state: asked['state'] ?? '', id_token: await this.#platform.sign(claims) });
  }

  async get(path: string): Promise<unknown> {
    const browser = new Browser(clinic.address);
    browser.cookie = this.session;
    return (await browser.ask('GET', path)).json;
  }

  async learner(): Promise<string> {
    return ((await this.get('/api/me')) as { learner: string }).learner;
  }
}

/** As a browser marks a form that another site's page sends. */
const elsewhere = { origin: 'https://school.example', 'sec-fetch-site': 'cross-site' };

async function newWorkshop(changes: object = {}) {
  const instructor = new Browser(clinic.address);
  await instructor.ask('POST', '/api/instructor/login', { name: 'Grace', secret: instructorSecret });
  const answer = await instructor.ask('POST', '/api/workshops', {
    title: 'Spring',
    lessons: ['quiz'],
    startsAt: new Date(Date.now() - minute).toISOString(),
    endsAt: new Date(Date.now() + 60 * minute).toISOString(),
    seats: 2,
    openness: 'all',
    ...changes,
  });
  const { id, code } = answer.json as { id: string; code: string };
  const change = (body: object) => instructor.ask('PUT', `/api/workshops/${id}`, body);
  return { id, code, change };
}

describe('a login', () => {
  it.each(['GET', 'POST'] as const)('begun by %s asks the platform who it is', async (method) => {
    const { answer, asked } = await new Person().begin({}, method);
    expect(new URL(answer.url).origin + new URL(answer.url).pathname).toBe(`${platform.origin}/auth`);
    expect(asked).toEqual({
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: 'clinic-at-school',
      redirect_uri: launchAddress,
      login_hint: '535fa085',
      lti_message_hint: 'eyJ0eXAi.message',
      state: expect.stringMatching(/^[\w-]{32}$/),
      nonce: expect.stringMatching(/^[\w-]{32}$/),
    });
  });

  it('is tied to the browser by a cookie that comes along from another site', async () => {
    const address = new URL('/lti/login', clinic.address);
    address.search = new URLSearchParams({
      iss: platform.origin,
      login_hint: '1',
      target_link_uri: launchAddress,
    }).toString();
    const answer = await fetch(address, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^clinic-lti=[\w-]{32}; Path=\/lti; HttpOnly; SameSite=None; Secure; Max-Age=600$/),
    ]);
  });

  it('in a frame leads out of it, and only that page may be framed', async () => {
    const address = new URL('/lti/login', clinic.address);
    const asked = { iss: platform.origin, login_hint: '"><b>', target_link_uri: launchAddress };
    address.search = new URLSearchParams(asked).toString();
    const answer = await fetch(address, { redirect: 'manual', headers: { 'sec-fetch-dest': 'iframe' } });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
    expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors *');
    const html = await answer.text();
    expect(html).toContain(`href="/lti/login?${address.search.slice(1).replaceAll('&', '&amp;')}" target="_blank"`);
    expect(html).not.toContain('<b>');
    const whole = await fetch(address, { redirect: 'manual' });
    expect(whole.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it.each([
    [
      'an unknown issuer',
      { iss: 'https://nobody.example' },
      403,
      'The course system &quot;https://nobody.example&quot;',
    ],
    ['an unknown client id', { client_id: 'another' }, 403, 'with the client id &quot;another&quot; is not known here'],
    ['an unknown deployment', { lti_deployment_id: '7' }, 403, 'The deployment &quot;7&quot; of'],
    ['a field over its limit', { login_hint: 'x'.repeat(9_000) }, 422, 'login_hint: '],
    ['markup for an issuer', { iss: '<script>alert(1)</script>' }, 403, '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ])('of %s is refused in words, and sets no cookie', async (_name, changes, status, words) => {
    const { answer } = await new Person().begin(changes);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(words)]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe('a launch', () => {
  it('opens the lesson of the link, as the same learner every time and in every browser', async () => {
    const first = new Person();
    const answer = await first.launch();
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/lessons/quiz/']);
    const again = new Person();
    await again.launch();
    expect(await again.learner()).toBe(await first.learner());
    const another = new Person();
    await another.launch({ sub: 'somebody-else' });
    expect(await another.learner()).not.toBe(await first.learner());
  });

  it('of the same id at another platform is somebody else', async () => {
    const [here, there] = [new Person(), new Person(trusted)];
    await here.launch();
    await there.launch();
    expect(await there.learner()).not.toBe(await here.learner());
  });

  it('takes the lesson from the link’s address where it has no parameters, and opens the course without', async () => {
    const target = `${launchAddress}?lesson=other`;
    const answer = await new Person().launch({ [`${claim}/custom`]: undefined, [`${claim}/target_link_uri`]: target });
    expect(answer.headers.get('location')).toBe('/lessons/other/');
    const bare = await new Person().launch({ [`${claim}/custom`]: null });
    expect(bare.headers.get('location')).toBe('/');
  });

  it('joins the workshop of the link under the person’s name, once', async () => {
    const { code, id } = await newWorkshop();
    const person = new Person();
    const custom = { [`${claim}/custom`]: { workshop: code.toLowerCase() }, sub: 'joins' };
    expect((await person.launch(custom)).headers.get('location')).toBe('/lessons/quiz/');
    await person.launch(custom);
    expect(await person.get('/api/membership')).toMatchObject({
      name: 'Ms Jane Marie Doe',
      workshop: { id, members: 1 },
    });
  });

  it('into a second workshop is another learner, and goes back to the first one as before', async () => {
    const [one, two] = [await newWorkshop(), await newWorkshop()];
    const person = new Person();
    const into = async (code: string) => {
      await person.launch({ [`${claim}/custom`]: { workshop: code }, sub: 'in-two' });
      return person.learner();
    };
    const first = await into(one.code);
    expect(await into(two.code)).not.toBe(first);
    expect(await into(one.code)).toBe(first);
  });

  it('into a workshop that is full, over or not there is refused; a member still goes on when it is over', async () => {
    const { code, change } = await newWorkshop({ seats: 1 });
    const into = (sub: string, to = code) => new Person().launch({ sub, [`${claim}/custom`]: { workshop: to } });
    expect((await into('early')).status).toBe(303);
    const full = await into('late');
    expect([full.status, await full.text()]).toEqual([409, expect.stringContaining('All 1 seats')]);
    await change({ endsAt: new Date(Date.now() - 1000).toISOString(), seats: 9 });
    expect((await into('late')).status).toBe(410);
    expect((await into('early')).status).toBe(303);
    expect((await into('late', 'ZZZZZZZZ')).status).toBe(404);
  });

  it('of a lesson that is not there says which there are', async () => {
    const answer = await new Person().launch({ [`${claim}/custom`]: { lesson: 'nonsense' } });
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('There are: quiz, other')]);
  });

  it('of a person whose name is kept back joins under a part of their id', async () => {
    const { code } = await newWorkshop();
    const person = new Person();
    const custom = { [`${claim}/custom`]: { workshop: code } };
    await person.launch({ ...custom, sub: 'id-77', name: undefined, given_name: undefined, family_name: undefined });
    expect(await person.get('/api/membership')).toMatchObject({ name: 'Learner d-77' });
  });

  it('takes away what the browser was before', async () => {
    const person = new Person();
    await person.launch({ sub: 'before' });
    const before = person.session;
    await person.launch({ sub: 'after' });
    const old = new Browser(clinic.address);
    old.cookie = before;
    const { learner } = (await old.ask('GET', '/api/me')).json as { learner: string };
    expect(learner).not.toBe(await person.learner());
  });
});

describe('an instructor', () => {
  const teaches = { [`${claim}/roles`]: [`${membership}#Instructor`], sub: 'teacher', name: 'Kim' };

  it('of a trusted platform opens the board, and takes no seat', async () => {
    const { code, id } = await newWorkshop();
    const kim = new Person(trusted);
    const answer = await kim.launch({ ...teaches, [`${claim}/custom`]: { workshop: code } });
    expect(answer.headers.get('location')).toBe(`/instructor/board/?workshop=${id}`);
    expect(await kim.get('/api/instructor')).toMatchObject({ name: 'Kim' });
    expect(await kim.get(`/api/workshops/${id}`)).toMatchObject({ members: 0 });
  });

  it('of a platform that is not trusted with it is a learner', async () => {
    const kim = new Person(platform);
    expect((await kim.launch(teaches)).headers.get('location')).toBe('/lessons/quiz/');
    expect(await kim.get('/api/instructor')).toMatchObject({ name: null });
  });

  it('elsewhere in the school is a learner in this course', async () => {
    const roles = ['http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor', `${membership}#Learner`];
    const person = new Person(trusted);
    await person.launch({ ...teaches, [`${claim}/roles`]: roles });
    expect(await person.get('/api/instructor')).toMatchObject({ name: null });
  });

  it('is no instructor any more when a learner is launched in the same browser', async () => {
    const browser = new Person(trusted);
    await browser.launch(teaches);
    await browser.launch({ sub: 'a-learner' });
    expect(await browser.get('/api/instructor')).toMatchObject({ name: null });
  });
});

/** Begins a login and answers it with what `make` makes of the nonce. */
async function answeredWith(make: (nonce: string) => Promise<string> | string, person = new Person()) {
  const { asked } = await person.begin();
  const answer = await person.post({ state: asked['state'] ?? '', id_token: await make(asked['nonce'] ?? '') });
  return { status: answer.status, text: await answer.text(), cookies: answer.headers.getSetCookie() };
}

describe('what is refused:', () => {
  const claims = (nonce: string, changes: JWTPayload = {}) => platform.claims(launchAddress, nonce, changes);
  const signed = (changes: JWTPayload) => (nonce: string) => platform.sign(claims(nonce, changes));
  const unsigned = (nonce: string) =>
    [{ alg: 'none', typ: 'JWT' }, claims(nonce)]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
      .concat('.');
  const seconds = () => Math.floor(Date.now() / 1000);

  it.each<[string, (nonce: string) => Promise<string> | string, string]>([
    ['a signature by somebody else', (nonce) => platform.forge(claims(nonce)), 'signature verification failed'],
    ['no signature', unsigned, 'is not to be trusted'],
    ['no token', () => 'nonsense', 'is not to be trusted'],
    ['another audience', signed({ aud: 'another', azp: undefined }), 'aud'],
    ['many audiences and none named', signed({ aud: ['clinic-at-school', 'b'], azp: undefined }), 'several parties'],
    ['another authorized party', signed({ azp: 'another' }), 'made for &quot;another&quot;'],
    ['another issuer', signed({ iss: 'https://other.example' }), 'iss'],
    ['an expired token', (nonce) => platform.sign(claims(nonce, { exp: seconds() - 60 })), 'too old'],
    ['a token of long ago', (nonce) => platform.sign(claims(nonce, { iat: seconds() - 3600 })), 'too old'],
    ['a token of the future', (nonce) => platform.sign(claims(nonce, { iat: seconds() + 3600 })), 'iat'],
    ['a token without an end', signed({ exp: undefined }), 'exp'],
    ['a token without a nonce', signed({ nonce: undefined }), 'nonce'],
    ['the nonce of another login', signed({ nonce: 'kept-from-before' }), 'answers another login'],
    ['nobody', signed({ sub: '' }), 'does not say who launches'],
    ['an unknown deployment', signed({ [`${claim}/deployment_id`]: 'elsewhere' }), 'deployment &quot;elsewhere&quot;'],
    ['another kind of message', signed({ [`${claim}/message_type`]: 'LtiDeepLinkingRequest' }), 'message_type'],
    ['another version', signed({ [`${claim}/version`]: '1.1' }), 'version'],
    ['no roles', signed({ [`${claim}/roles`]: undefined }), 'roles'],
    ['a target elsewhere', signed({ [`${claim}/target_link_uri`]: 'https://evil.example/lti/launch' }), 'evil.example'],
    ['a target of another scheme', signed({ [`${claim}/target_link_uri`]: 'javascript:alert(1)' }), 'javascript:'],
  ])('%s', async (_name, make, words) => {
    const { status, text, cookies } = await answeredWith(make);
    expect([status, text]).toEqual([403, expect.stringContaining(words)]);
    expect(cookies).toEqual([]);
  });

  it('a launch that is posted again', async () => {
    const person = new Person();
    const { asked } = await person.begin();
    const form = { state: asked['state'] ?? '', id_token: await platform.sign(claims(asked['nonce'] ?? '')) };
    expect((await person.post(form)).status).toBe(303);
    const again = await person.post(form);
    expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('not begun in this browser')]);
    // The old token under a new login does not go either.
    expect((await answeredWith(() => form.id_token, person)).text).toContain('answers another login');
  });

  it('a login that another browser began, with or without one of its own', async () => {
    const [attacker, victim, bystander] = [new Person(), new Person(), new Person()];
    for (const other of [victim, bystander]) {
      const { asked } = await attacker.begin();
      if (other === bystander) await other.begin();
      const form = { state: asked['state'] ?? '', id_token: await platform.sign(claims(asked['nonce'] ?? '')) };
      const answer = await other.post(form);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('not begun in this browser')]);
      expect((await attacker.post(form)).status).toBe(403);
    }
  });

  it('a login that was begun too long ago', async () => {
    const person = new Person();
    const { asked } = await person.begin();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * minute });
    const form = { state: asked['state'] ?? '', id_token: await platform.sign(claims(asked['nonce'] ?? '')) };
    expect(await (await person.post(form)).text()).toContain('more than ten minutes ago');
  });

  it('what the platform itself refuses, in its words', async () => {
    const person = new Person();
    const { asked } = await person.begin();
    const answer = await person.post({
      state: asked['state'] ?? '',
      error: 'login_required',
      error_description: 'Log in',
    });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('Log in')]);
  });

  it('a body over the limit, and one that is no form', async () => {
    const browser = new Browser(clinic.address);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const large = await browser.ask('POST', '/lti/launch', `state=1&id_token=${'x'.repeat(70_000)}`, form);
    expect(large.status).toBe(413);
    expect((await browser.ask('POST', '/lti/launch', { state: '1' })).status).toBe(415);
    expect((await browser.ask('POST', '/lti/launch', 'id_token=1', form)).text).toContain('state: ');
  });
});

describe('the platform’s keys', () => {
  it('are asked for once, and again when a token names one that is not known', async () => {
    await new Person().launch();
    const before = platform.asked.keys;
    await new Person().launch();
    expect(platform.asked.keys).toBe(before);
    await platform.newKeys('second');
    // Not more than once in half a minute, whatever key ids somebody makes up.
    expect((await new Person().launch()).status).toBe(403);
    expect(platform.asked.keys).toBe(before);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minute });
    expect((await new Person().launch()).status).toBe(303);
    expect(platform.asked.keys).toBe(before + 1);
  });

  it('when they cannot be had, say where they were looked for', async () => {
    const down = await TestPlatform.open();
    const settings = down.settings({ jwksUrl: 'http://127.0.0.1:9/keys' });
    const other = await openTestClinic({}, [settings]);
    const address = new URL('/lti/launch', other.address).href;
    const person = new Walker(other.address);
    const login = new URL('/lti/login', other.address);
    login.search = new URLSearchParams({ iss: down.origin, login_hint: '1', target_link_uri: address }).toString();
    const asked = new URL((await person.go(login.href)).url).searchParams;
    const id_token = await down.sign(down.claims(address, asked.get('nonce') ?? ''));
    const answer = await person.go(address, { state: asked.get('state') ?? '', id_token });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('http://127.0.0.1:9/keys')]);
    await other.stop();
    down.close();
  });
});

describe('posts from other sites', () => {
  it('are taken by the two routes of a launch and by no other', () => {
    const open = clinic.routes.filter(({ from }) => from === 'anywhere').map(({ method, path }) => `${method} ${path}`);
    expect(open).toEqual(['POST /lti/login', 'POST /lti/launch']);
  });

  it('are refused by every other route that changes something', async () => {
    const browser = new Browser(clinic.address);
    for (const { method, path, from } of clinic.routes) {
      if (method === 'GET' || from === 'anywhere') continue;
      const { status } = await browser.ask(method, path.replaceAll(/:\w+/g, 'one'), {}, elsewhere);
      expect([method, path, status]).toEqual([method, path, 403]);
    }
  });
});

it('without the setting has no routes', async () => {
  const plain = await openTestClinic();
  expect(plain.routes.filter(({ path }) => path.startsWith('/lti'))).toEqual([]);
  expect((await new Browser(plain.address).ask('POST', '/lti/launch', {})).status).toBe(405);
  await plain.stop();
});
