/** The server as pages meet it: labs, checks and progress over real HTTP, WebSockets and SQLite. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LabView, StepProgress, VerdictView, RecordView } from '#shared/wire.ts';
import { Browser } from './testing/browser.ts';
import { openTestClinic } from './testing/test-clinic.ts';

let clinic: Awaited<ReturnType<typeof openTestClinic>>;
beforeAll(async () => void (clinic = await openTestClinic({ LAB_CAPACITY: '20' })));
afterAll(() => clinic.stop());

interface Me {
  readonly learner: string;
  readonly lab: LabView;
  readonly progress: readonly StepProgress[];
}
const me = async (browser: Browser) => (await browser.ask('GET', '/api/me')).json as Me;

/** A learner with a page open and a lab at the lesson. */
async function learnerAt(lesson: string) {
  const browser = new Browser(clinic.address);
  await me(browser);
  const page = await browser.live();
  await page.next('hello');
  const { json } = await browser.ask('POST', '/api/lab', { lesson });
  expect(json).toMatchObject({ state: 'making', lesson });
  const { lab } = await page.next('lab', (message) => message.lab.state === 'ready');
  return { browser, page, lab };
}

const check = async (browser: Browser, step: string) =>
  (await browser.ask('POST', `/api/steps/${step}/check`)).json as VerdictView;

describe('a lab', () => {
  it('is made and prepared while the page is told how far it is, and its first step begins', async () => {
    const { browser, lab } = await learnerAt('quiz');
    expect(lab).toMatchObject({ hosts: ['redis-1'], lesson: 'quiz', lease: { why: 'idle', extendable: true } });
    expect((await me(browser)).progress).toMatchObject([{ step: 'quiz/answer', state: 'at-work' }]);
  });

  it('is the same one when the lesson is opened again, and another one only when that was said', async () => {
    const { browser, page, lab } = await learnerAt('quiz');
    expect((await browser.ask('POST', '/api/lab', { lesson: 'quiz' })).json).toMatchObject({ id: lab.id });
    const refused = await browser.ask('POST', '/api/lab', { lesson: 'other' });
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('stands at the lesson \\"quiz\\"')]);
    await browser.ask('POST', '/api/lab', { lesson: 'other', reset: true });
    const { lab: next } = await page.next(
      'lab',
      (message) => message.lab.state === 'ready' && message.lab.lesson === 'other',
    );
    expect(next.hosts).toEqual(['redis-1', 'redis-2', 'redis-3']);
    expect(clinic.driver.labs.has(lab.id ?? '')).toBe(false);
  });

  it('starts again when the engine was restarted under the server', async () => {
    const { lab } = await learnerAt('quiz');
    const made = clinic.driver.labs.get(lab.id ?? '');
    await clinic.driver.stopEngine();
    expect(await made?.hostState('redis-1')).toBe('stopped');
    clinic.driver.startEngine();
    await vi.waitFor(async () => expect(await made?.hostState('redis-1')).toBe('running'));
  });

  it('is reset, and ended', async () => {
    const { browser, page, lab } = await learnerAt('quiz');
    await browser.ask('POST', '/api/lab/reset', { to: 'lesson' });
    const { lab: fresh } = await page.next('lab', (message) => message.lab.state === 'ready');
    expect(fresh.id).not.toBe(lab.id);
    await browser.ask('POST', '/api/lab/reset', { to: 'lab' });
    const { lab: bare } = await page.next('lab', (message) => message.lab.state === 'ready');
    expect(bare.lesson).toBeUndefined();
    expect((await browser.ask('POST', '/api/steps/quiz/answer/check')).status).toBe(409);
    expect((await browser.ask('DELETE', '/api/lab')).json).toEqual({ state: 'none', hosts: [], addresses: {} });
    expect(clinic.driver.labs.has(bare.id ?? '')).toBe(false);
  });
});

describe('a check', () => {
  it('by the button is stored with its evidence and shown on every page of the learner', async () => {
    const { browser, page } = await learnerAt('quiz');
    const second = await browser.live();
    expect(await check(browser, 'quiz/answer')).toMatchObject({ state: 'unmet', findings: [{ seen: 'You said "".' }] });
    for (const each of [page, second]) expect((await each.next('verdict')).verdict.state).toBe('unmet');
  });

  it('runs by itself after an answer; the step is done and the next one begins', async () => {
    const { browser, page } = await learnerAt('quiz');
    expect(
      (await browser.ask('PUT', '/api/steps/quiz/answer/answers', { question: 'answer', value: ' 42 ' })).status,
    ).toBe(204);
    const { verdict } = await page.next('verdict', (message) => message.verdict.state === 'met');
    expect(verdict.step).toBe('quiz/answer');
    const { progress } = await page.next('progress', (message) => message.progress.step === 'quiz/throws');
    expect(progress.state).toBe('at-work');
    const steps = (await me(browser)).progress;
    expect(steps.find(({ step }) => step === 'quiz/answer')).toMatchObject({
      state: 'done',
      answers: { answer: '42' },
    });
  });

  it('whose checker throws is a verdict that says so, and the page lives', async () => {
    const { browser } = await learnerAt('quiz');
    expect(await check(browser, 'quiz/throws')).toMatchObject({
      state: 'failed',
      trouble: expect.stringContaining('no such section in INFO'),
    });
    expect((await me(browser)).lab.state).toBe('ready');
  });

  it('whose checker hangs is given up at its deadline, says so, and is stored; the page lives', async () => {
    const { browser } = await learnerAt('quiz');
    const verdict = await check(browser, 'quiz/hangs');
    expect(verdict).toMatchObject({ state: 'failed', trouble: expect.stringContaining('1 s') });
    const { lab, progress } = await me(browser);
    expect(lab.state).toBe('ready');
    expect(progress.find(({ step }) => step === 'quiz/hangs')?.verdict).toEqual(verdict);
  });

  it('whose checker hangs is given up when the lab goes, without a verdict', async () => {
    const { browser } = await learnerAt('quiz');
    const asked = browser.ask('POST', '/api/steps/quiz/hangs/check');
    await browser.ask('DELETE', '/api/lab');
    expect([409]).toContain((await asked).status);
    expect((await me(browser)).progress.find(({ step }) => step === 'quiz/hangs')?.verdict).toBeUndefined();
  });
});

it('brings a fresh lab to the step that the learner is at, and to the lesson’s start when that is asked for', async () => {
  const { browser, page } = await learnerAt('quiz');
  await browser.ask('PUT', '/api/steps/quiz/answer/answers', { question: 'answer', value: '42' });
  await page.next('verdict', (message) => message.verdict.state === 'met');
  await browser.ask('DELETE', '/api/lab');
  await browser.ask('POST', '/api/lab', { lesson: 'quiz' });
  const { lab } = await page.next('lab', (message) => message.lab.progress?.startsWith('Bringing') ?? false);
  expect(lab.progress).toBe('Bringing your lab to where you were: the solution of step 1 runs');
  await page.next('lab', (message) => message.lab.state === 'ready');
  await browser.ask('POST', '/api/lab/reset', { to: 'lesson' });
  const { progress } = await page.next('progress', (message) => message.progress.step === 'quiz/answer');
  expect(progress).toMatchObject({ state: 'done', answers: { answer: '42' } });
});

describe('what the learner did', () => {
  it('is on their record with the verdict that showed it, whatever a later check sees', async () => {
    const { browser, page } = await learnerAt('quiz');
    await browser.ask('PUT', '/api/steps/quiz/answer/answers', { question: 'answer', value: '42' });
    const { verdict } = await page.next('verdict', (message) => message.verdict.state === 'met');
    await browser.ask('PUT', '/api/steps/quiz/answer/answers', { question: 'answer', value: '41' });
    expect(await check(browser, 'quiz/answer')).toMatchObject({ state: 'unmet' });
    const { json } = await browser.ask('GET', '/api/me/record');
    const { steps } = json as RecordView;
    expect(steps.find(({ step }) => step === 'quiz/answer')).toMatchObject({ state: 'done', at: verdict.at, verdict });
    expect(steps.find(({ step }) => step === 'quiz/throws')).not.toHaveProperty('verdict');
    await browser.ask('DELETE', '/api/lab');
  });

  it('is recorded: a solution that was seen', async () => {
    const { browser } = await learnerAt('quiz');
    const { json } = await browser.ask('POST', '/api/steps/quiz/answer/solution');
    expect(json).toEqual({ script: expect.stringContaining('answer answer 42') });
    expect((await me(browser)).progress[0]).toMatchObject({ step: 'quiz/answer', solutionSeen: true });
  });

  it('is theirs alone', async () => {
    const { browser } = await learnerAt('quiz');
    const stranger = new Browser(clinic.address);
    const theirs = await me(stranger);
    expect(theirs).toMatchObject({ lab: { state: 'none' }, progress: [] });
    expect(theirs.learner).not.toBe((await me(browser)).learner);
  });
});

it('answers what does not exist with what there is', async () => {
  const browser = new Browser(clinic.address);
  const lesson = await browser.ask('POST', '/api/lab', { lesson: 'nope' });
  expect([lesson.status, lesson.text]).toEqual([404, expect.stringContaining('There are: quiz, other.')]);
  const step = await browser.ask('POST', '/api/steps/quiz/nope/check');
  expect([step.status, step.text]).toEqual([404, expect.stringContaining('no step \\"quiz/nope\\"')]);
  const question = await browser.ask('PUT', '/api/steps/quiz/answer/answers', { question: 'nope', value: '1' });
  expect([question.status, question.text]).toEqual([422, expect.stringContaining('it has answer.')]);
});

it('says that it is healthy, and counts', async () => {
  const browser = new Browser(clinic.address);
  expect((await browser.ask('GET', '/healthz')).json).toEqual({ ok: true, engine: 'answers', lessons: 2 });
  expect((await browser.ask('GET', '/metrics')).text).toMatch(/^clinic_labs_leased \d+$/m);
});

it('ends although a page does not answer any more', async () => {
  const ending = await openTestClinic();
  const browser = new Browser(ending.address);
  await me(browser);
  const gone = connect(ending.port, '127.0.0.1');
  gone.write(
    `GET /live HTTP/1.1\r\nHost: 127.0.0.1:${ending.port}\r\nCookie: ${browser.cookie}\r\nConnection: Upgrade\r\n` +
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await once(gone, 'data');
  gone.resume();
  const closed = once(gone, 'close');
  const before = Date.now();
  await ending.stop();
  await closed;
  expect(Date.now() - before).toBeLessThan(20_000);
});

it('says bye to every page when it ends, keeps the labs and loses nothing', async () => {
  const ending = await openTestClinic();
  const browser = new Browser(ending.address);
  await me(browser);
  const page = await browser.live();
  await browser.ask('POST', '/api/lab', { lesson: 'quiz' });
  await page.next('lab', (message) => message.lab.state === 'ready');
  const closed = once(page.socket, 'close');
  await ending.stop();
  await page.next('bye');
  expect((await closed)[0]).toBe(1001);
  expect(ending.driver.labs.size).toBe(1);
});
