import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { openTestClinic } from './testing/test-clinic.ts';

let clinic: Awaited<ReturnType<typeof openTestClinic>>;
beforeAll(async () => {
  clinic = await openTestClinic();
});
afterAll(() => clinic.stop());

it('hands a learner what is stored of them, and erases it', async () => {
  const browser = new Browser(clinic.address);
  const learner = async () => ((await browser.ask('GET', '/api/me')).json as { learner: string }).learner;
  const me = await learner();
  const taken = await browser.ask('GET', '/api/me/export');
  expect(taken.headers['content-disposition']).toContain('redis-clinic.json');
  expect(taken.json).toMatchObject({ learner: me, attempts: [], membership: null });

  expect((await browser.ask('DELETE', '/api/me')).status).toBe(204);
  expect(await learner()).not.toBe(me);
});
