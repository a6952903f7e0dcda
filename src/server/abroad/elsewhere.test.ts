/** Which routes a page of another site may post to: those of a launch, where there are launches. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../testing/browser.ts';
import { openTestClinic } from '../testing/test-clinic.ts';
import { elsewhere, openSchool, type School } from './testing/school.ts';

let school: School;
beforeAll(async () => void (school = await openSchool()));
afterAll(() => school.close());

describe('posts from other sites', () => {
  it('are taken by the two routes of a launch and by no other', () => {
    const open = school.clinic.routes
      .filter(({ from }) => from === 'anywhere')
      .map(({ method, path }) => `${method} ${path}`);
    expect(open).toEqual(['POST /lti/login', 'POST /lti/launch']);
  });

  it('are refused by every other route that changes something', async () => {
    const browser = new Browser(school.clinic.address);
    for (const { method, path, from } of school.clinic.routes) {
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
