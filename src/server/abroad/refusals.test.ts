/** Launches that are not to be trusted, and the keys by which that is known. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JWTPayload } from 'jose';
import { TestPlatform } from '../../lti/testing/platform.ts';
import { Browser } from '../testing/browser.ts';
import { openTestClinic } from '../testing/test-clinic.ts';
import { claim, minute, openSchool, Person, type School } from './testing/school.ts';

let school: School;
beforeAll(async () => void (school = await openSchool()));
afterEach(() => void vi.useRealTimers());
afterAll(() => school.close());

/** Begins a login and answers it with what `make` makes of the nonce. */
async function answeredWith(make: (nonce: string) => Promise<string> | string, person = school.person()) {
  const { asked } = await person.begin();
  const answer = await person.post({ state: asked['state'] ?? '', id_token: await make(asked['nonce'] ?? '') });
  return { status: answer.status, text: await answer.text(), cookies: answer.headers.getSetCookie() };
}

describe('what is refused:', () => {
  const claims = (nonce: string, changes: JWTPayload = {}) =>
    school.platform.claims(school.launchAddress, nonce, changes);
  const signed = (changes: JWTPayload) => (nonce: string) => school.platform.sign(claims(nonce, changes));
  const unsigned = (nonce: string) =>
    [{ alg: 'none', typ: 'JWT' }, claims(nonce)]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
      .concat('.');
  const seconds = () => Math.floor(Date.now() / 1000);

  it.each<[string, (nonce: string) => Promise<string> | string, string]>([
    ['a signature by somebody else', (nonce) => school.platform.forge(claims(nonce)), 'signature verification failed'],
    ['no signature', unsigned, 'is not to be trusted'],
    ['no token', () => 'nonsense', 'is not to be trusted'],
    ['another audience', signed({ aud: 'another', azp: undefined }), 'aud'],
    ['many audiences and none named', signed({ aud: ['clinic-at-school', 'b'], azp: undefined }), 'several parties'],
    ['another authorized party', signed({ azp: 'another' }), 'made for &quot;another&quot;'],
    ['another issuer', signed({ iss: 'https://other.example' }), 'iss'],
    ['an expired token', (nonce) => school.platform.sign(claims(nonce, { exp: seconds() - 60 })), 'too old'],
    ['a token of long ago', (nonce) => school.platform.sign(claims(nonce, { iat: seconds() - 3600 })), 'too old'],
    ['a token of the future', (nonce) => school.platform.sign(claims(nonce, { iat: seconds() + 3600 })), 'iat'],
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
    const person = school.person();
    const { asked } = await person.begin();
    const form = { state: asked['state'] ?? '', id_token: await school.platform.sign(claims(asked['nonce'] ?? '')) };
    expect((await person.post(form)).status).toBe(303);
    const again = await person.post(form);
    expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('not begun in this browser')]);
    // The old token under a new login does not go either.
    expect((await answeredWith(() => form.id_token, person)).text).toContain('answers another login');
  });

  it('a login that another browser began, with or without one of its own', async () => {
    const [attacker, victim, bystander] = [school.person(), school.person(), school.person()];
    for (const other of [victim, bystander]) {
      const { asked } = await attacker.begin();
      if (other === bystander) await other.begin();
      const form = { state: asked['state'] ?? '', id_token: await school.platform.sign(claims(asked['nonce'] ?? '')) };
      const answer = await other.post(form);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('not begun in this browser')]);
      expect((await attacker.post(form)).status).toBe(403);
    }
  });

  it('a login that was begun too long ago', async () => {
    const person = school.person();
    const { asked } = await person.begin();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * minute });
    const form = { state: asked['state'] ?? '', id_token: await school.platform.sign(claims(asked['nonce'] ?? '')) };
    expect(await (await person.post(form)).text()).toContain('more than ten minutes ago');
  });

  it('what the platform itself refuses, in its words', async () => {
    const person = school.person();
    const { asked } = await person.begin();
    const answer = await person.post({
      state: asked['state'] ?? '',
      error: 'login_required',
      error_description: 'Log in',
    });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('Log in')]);
  });

  it('a body over the limit, and one that is no form', async () => {
    const browser = new Browser(school.clinic.address);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const large = await browser.ask('POST', '/lti/launch', `state=1&id_token=${'x'.repeat(70_000)}`, form);
    expect(large.status).toBe(413);
    expect((await browser.ask('POST', '/lti/launch', { state: '1' })).status).toBe(415);
    expect((await browser.ask('POST', '/lti/launch', 'id_token=1', form)).text).toContain('state: ');
  });
});

describe('the platform’s keys', () => {
  it('are asked for once, and again when a token names one that is not known', async () => {
    await school.person().launch();
    const before = school.platform.asked.keys;
    await school.person().launch();
    expect(school.platform.asked.keys).toBe(before);
    await school.platform.newKeys('second');
    // Not more than once in half a minute, whatever key ids somebody makes up.
    expect((await school.person().launch()).status).toBe(403);
    expect(school.platform.asked.keys).toBe(before);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minute });
    expect((await school.person().launch()).status).toBe(303);
    expect(school.platform.asked.keys).toBe(before + 1);
  });

  it('when they cannot be had, say where they were looked for', async () => {
    const down = await TestPlatform.open();
    const settings = down.settings({ jwksUrl: 'http://127.0.0.1:9/keys' });
    const other = await openTestClinic({}, [settings]);
    const answer = await new Person(other.address, down).launch();
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('http://127.0.0.1:9/keys')]);
    await other.stop();
    down.close();
  });
});
