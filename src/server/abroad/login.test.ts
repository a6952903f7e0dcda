/** A course system begins a login: what the course asks of it, and whom it does not know. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSchool, type School } from './testing/school.ts';

let school: School;
beforeAll(async () => void (school = await openSchool()));
afterAll(() => school.close());

describe('a login', () => {
  it.each(['GET', 'POST'] as const)('begun by %s asks the platform who it is', async (method) => {
    const { answer, asked } = await school.person().begin({}, method);
    expect(new URL(answer.url).origin + new URL(answer.url).pathname).toBe(`${school.platform.origin}/auth`);
    expect(asked).toEqual({
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: 'clinic-at-school',
      redirect_uri: school.launchAddress,
      login_hint: '535fa085',
      lti_message_hint: 'eyJ0eXAi.message',
      state: expect.stringMatching(/^[\w-]{32}$/),
      nonce: expect.stringMatching(/^[\w-]{32}$/),
    });
  });

  it('is tied to the browser by a cookie that comes along from another site', async () => {
    const address = new URL('/lti/login', school.clinic.address);
    address.search = new URLSearchParams({
      iss: school.platform.origin,
      login_hint: '1',
      target_link_uri: school.launchAddress,
    }).toString();
    const answer = await fetch(address, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^clinic-lti=[\w-]{32}; Path=\/lti; HttpOnly; SameSite=None; Secure; Max-Age=600$/),
    ]);
  });

  it('in a frame leads out of it, and only that page may be framed', async () => {
    const address = new URL('/lti/login', school.clinic.address);
    const asked = { iss: school.platform.origin, login_hint: '"><b>', target_link_uri: school.launchAddress };
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
    const { answer } = await school.person().begin(changes);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(words)]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});
