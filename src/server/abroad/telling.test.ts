/** What leaves the course: scores to a course system and statements to a record store, both running in the test. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradebook } from '../../lti/gradebook.ts';
import { newToolKey, toolKeyOf } from '../../lti/keys.ts';
import { TestPlatform } from '../../lti/testing/platform.ts';
import type { Statement } from '../../xapi/statements.ts';
import type { Browser } from '../testing/browser.ts';
import { openTestClinic } from '../testing/test-clinic.ts';
import { Person } from './testing/school.ts';

/** A record store that keeps what it is sent, and refuses what is no xAPI 1.0.3. */
class TestStore {
  readonly #server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { headers } = request;
    const isOurs =
      request.url === '/xapi/statements' &&
      headers['x-experience-api-version'] === '1.0.3' &&
      headers['content-type'] === 'application/json' &&
      headers.authorization === `Basic ${Buffer.from('clinic:between-us').toString('base64')}`;
    const status = isOurs ? (this.failures.shift() ?? 200) : 400;
    const sent = JSON.parse(body) as Statement[];
    this.#answers.push(status);
    if (status === 200) this.statements.push(...sent);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(sent.map(({ id }) => id)));
    this.#wake();
  });
  readonly statements: Statement[] = [];
  readonly #answers: number[] = [];
  readonly failures: number[] = [];
  #wake: () => void = () => undefined;

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }
  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/xapi`;
  }
  async verbs(count: number): Promise<readonly string[]> {
    while (this.statements.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.statements.splice(0).map(({ verb, object }) => `${verb.display['en']} ${new URL(object.id).hash}`);
  }
  async answered(status: number): Promise<void> {
    while (!this.#answers.includes(status)) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

let platform: TestPlatform;
let store: TestStore;
let clinic: Awaited<ReturnType<typeof openTestClinic>>;

beforeAll(async () => {
  platform = await TestPlatform.open();
  store = new TestStore();
  await store.open();
  clinic = await openTestClinic({ XAPI_ENDPOINT: store.endpoint, XAPI_KEY: 'clinic', XAPI_SECRET: 'between-us' }, [
    platform.settings(),
  ]);
  platform.toolKeys = new URL('/lti/jwks.json', clinic.address).href;
});
afterAll(async () => {
  await clinic.stop();
  platform.close();
  store.close();
});

async function launched(sub: string): Promise<Browser> {
  const person = new Person(clinic.address, platform);
  await person.launch({ sub });
  return person.browser;
}

/** Brings the learner's lab to the quiz. */
async function atWork(browser: Browser): Promise<void> {
  const page = await browser.live();
  await page.next('hello');
  await browser.ask('POST', '/api/lab', { lesson: 'quiz' });
  await page.next('lab', (message) => message.lab.state === 'ready');
  page.socket.terminate();
}
const check = (browser: Browser) => browser.ask('POST', '/api/steps/quiz/answer/check');
const say = (browser: Browser, value: string) =>
  browser.ask('PUT', '/api/steps/quiz/answer/answers', { question: 'answer', value });

describe('a learner whom a course system sent', () => {
  it('has their score there when a step is met, once, and the record store hears of it', async () => {
    const browser = await launched('ada');
    await atWork(browser);
    await say(browser, '41');
    expect((await check(browser)).json).toMatchObject({ state: 'unmet' });
    expect(await store.verbs(1)).toEqual(['attempted #answer']);
    expect(platform.scores).toEqual([]);

    await say(browser, '42');
    expect((await check(browser)).json).toMatchObject({ state: 'met' });
    expect(await platform.nextScore()).toEqual({
      path: '/2344/lineitems/1234/lineitem/scores?type_id=7',
      userId: 'ada',
      scoreGiven: 1,
      scoreMaximum: 3,
      activityProgress: 'InProgress',
      gradingProgress: 'FullyGraded',
      timestamp: expect.any(String),
    });
    expect(await store.verbs(1)).toEqual(['passed #answer']);

    await check(browser);
    const bo = await launched('bo');
    await atWork(bo);
    await say(bo, '42');
    await check(bo);
    // Bo's is the next that comes: nothing was said twice of Ada. One token does for both.
    expect((await platform.nextScore()).userId).toBe('bo');
    expect(await store.verbs(1)).toEqual(['passed #answer']);
    expect(platform.asked.tokens).toBe(1);
  });

  it('takes along what is stored, and is not known after they erased it', async () => {
    const browser = await launched('cy');
    const taken = (await browser.ask('GET', '/api/me/export')).json as { learner: string; otherSystems: unknown };
    expect(taken.otherSystems).toMatchObject({
      lti: {
        accounts: [{ issuer: platform.origin, subject: 'cy' }],
        grades: [
          { subject: 'cy', lesson: 'quiz', lineItem: `${platform.origin}/2344/lineitems/1234/lineitem?type_id=7` },
        ],
      },
      xapi: [],
      toBeSent: [],
    });
    await browser.ask('DELETE', '/api/me');
    const again = (await (await launched('cy')).ask('GET', '/api/me/export')).json as typeof taken;
    expect(again.learner).not.toBe(taken.learner);
  });

  it('is checked as ever while the other systems fail, and what they did not take is kept', async () => {
    const browser = await launched('dee');
    await atWork(browser);
    platform.failures.push(500);
    store.failures.push(503);
    await say(browser, '42');
    expect((await check(browser)).json).toMatchObject({ state: 'met' });
    await store.answered(503);
    const { otherSystems } = (await browser.ask('GET', '/api/me/export')).json as {
      otherSystems: { toBeSent: readonly { key: string }[] };
    };
    expect(otherSystems.toBeSent).toHaveLength(2);
    expect((await browser.ask('GET', '/metrics')).text).toContain('clinic_outbox_waiting 2\n');
  });
});

describe('a gradebook', () => {
  const parcel = {
    id: 1,
    channel: '',
    key: '',
    learner: '',
    madeAt: new Date(),
    body: { lineItem: 'https://replaced.example', subject: 's', given: 1, maximum: 2 },
  };
  const { signal } = new AbortController();
  let school: TestPlatform;
  beforeAll(async () => void (school = await TestPlatform.open()));
  afterAll(() => school.close());

  it('gets a new token when the old one is no longer taken', async () => {
    const lineItem = `${school.origin}/1/lineitem`;
    const key = await toolKeyOf(newToolKey());
    const tool = createServer((_request, response) => response.end(JSON.stringify(key.keySet)));
    await new Promise<void>((resolve) => tool.listen(0, '127.0.0.1', resolve));
    school.toolKeys = `http://127.0.0.1:${(tool.address() as AddressInfo).port}/`;
    const channel = gradebook(school.settings(), key, () => new Date());
    const send = () => channel.send([{ ...parcel, body: { ...parcel.body, lineItem } }], signal);

    school.failures.push(401);
    await expect(send()).rejects.toThrow('answered 401');
    await send();
    expect([await school.nextScore(), school.asked.tokens]).toMatchObject([{ userId: 's' }, 2]);
    tool.close();
  });

  it('that gives no token keeps the score for later', async () => {
    const channel = gradebook(school.settings(), await toolKeyOf(newToolKey()), () => new Date());
    const sent = channel.send([parcel], signal);
    await expect(sent).rejects.toThrow(/^no access token: .*invalid_client/);
    await expect(sent).rejects.not.toHaveProperty('name', 'Refused');
  });
});
