/** What a learner does with the lab over HTTP, and the refusals: reset, new machines, power, more time. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lab } from '#sandbox/driver.ts';
import type { LabView, StepProgress } from '#shared/wire.ts';
import { Browser } from '../testing/browser.ts';
import { openTestClinic } from '../testing/test-clinic.ts';

const minute = 60_000;
let clinic: Awaited<ReturnType<typeof openTestClinic>>;
let learner: Browser;
let page: Awaited<ReturnType<Browser['live']>>;
let lab: Lab;

beforeAll(async () => void (clinic = await openTestClinic({ LAB_CAPACITY: '40' })));
afterAll(() => clinic.stop());
beforeEach(async () => {
  learner = new Browser(clinic.address);
  await learner.ask('GET', '/api/me');
  page = await learner.live();
  await learner.ask('POST', '/api/lab', { lesson: 'quiz' });
  lab = labOf((await ready()).id);
});

const ready = async (): Promise<LabView> =>
  (await page.next('lab', ({ lab: { state } }) => state === 'ready' || state === 'broken')).lab;
const labOf = (id = ''): Lab => clinic.driver.labs.get(id) ?? expect.fail(`there is no lab "${id}"`);

/** Everything that a learner may ask of a lab that is there. */
const requests: readonly { readonly path: string; readonly body?: { readonly to: string } }[] = [
  { path: '/api/lab/extend' },
  { path: '/api/lab/reset', body: { to: 'step' } },
  { path: '/api/lab/reset', body: { to: 'lesson' } },
  { path: '/api/lab/reset', body: { to: 'lab' } },
  { path: '/api/lab/hosts/redis-1/replace' },
  { path: '/api/lab/hosts/redis-1/start' },
];

describe('one who has no lab', () => {
  it.each(requests)('is told so, and what to do: $path $body.to', async ({ path, body }) => {
    const answer = await new Browser(clinic.address).ask('POST', path, body);
    expect([answer.status, answer.headers['content-type']]).toEqual([409, expect.stringContaining('problem+json')]);
    expect(answer.text).toMatch(/Start one from (a lesson|its page)\./);
  });

  it.each(requests)('touches nobody else’s: $path $body.to', async ({ path, body }) => {
    const touched = vi.spyOn(lab, 'replaceHost');
    const mended = vi.spyOn(lab, 'mend');
    const own = async () => ((await learner.ask('GET', '/api/me')).json as { lab: LabView }).lab;
    const before = await own();
    await new Browser(clinic.address).ask('POST', path, body);
    expect(await own()).toEqual(before);
    expect([touched.mock.calls, mended.mock.calls, labOf(lab.id)]).toEqual([[], [], lab]);
  });
});

describe('a reset', () => {
  it('to the start of the lesson is a new lab, prepared for it; answers and progress stay', async () => {
    await learner.ask('PUT', '/api/steps/quiz/answer/answers', { question: 'answer', value: '41' });
    const answer = await learner.ask('POST', '/api/lab/reset', { to: 'lesson' });
    expect([answer.status, answer.json]).toEqual([200, expect.objectContaining({ state: 'making', lesson: 'quiz' })]);
    const fresh = await ready();
    expect(fresh).toMatchObject({ state: 'ready', lesson: 'quiz' });
    expect([...clinic.driver.labs.keys()]).toContain(fresh.id);
    expect(clinic.driver.labs.has(lab.id)).toBe(false);
    const { progress } = (await learner.ask('GET', '/api/me')).json as { progress: readonly StepProgress[] };
    expect(progress[0]).toMatchObject({ step: 'quiz/answer', answers: { answer: '41' } });
  });

  it('to the start of the step is a new lab in which the solutions of the steps before have run', async () => {
    await learner.ask('PUT', '/api/steps/quiz/answer/answers', { question: 'answer', value: '42' });
    await page.next('progress', ({ progress }) => progress.step === 'quiz/throws' && progress.state === 'at-work');
    await learner.ask('POST', '/api/lab/reset', { to: 'step' });
    const { lab: told } = await page.next('lab', ({ lab: { progress } }) => progress?.startsWith('Bringing') ?? false);
    expect(told.progress).toContain('the solution of step 1 runs');
    expect((await ready()).id).not.toBe(lab.id);
  });

  it('of the lab leaves nothing prepared in it, so that a lesson’s start is refused until one is entered', async () => {
    await learner.ask('POST', '/api/lab/reset', { to: 'lab' });
    const bare = await ready();
    expect([bare.state, bare.lesson]).toEqual(['ready', undefined]);
    expect((await learner.ask('POST', '/api/lab/reset', { to: 'lesson' })).status).toBe(409);
    await learner.ask('POST', '/api/lab', { lesson: 'quiz' });
    expect((await ready()).lesson).toBe('quiz');
  });

  it.each([{}, { to: 'yesterday' }, { to: 'lab', lab: 'another' }])('%o is refused, naming the field', async (body) => {
    const answer = await learner.ask('POST', '/api/lab/reset', body);
    expect([answer.status, answer.text]).toEqual([422, expect.stringMatching(/to: |lab/)]);
    expect(labOf(lab.id)).toBe(lab);
  });

  it('waits for its turn: while a lab is being made nothing else is done to it', async () => {
    const gate = Promise.withResolvers<void>();
    clinic.driver.gate = gate.promise;
    try {
      await learner.ask('POST', '/api/lab/reset', { to: 'lesson' });
      for (const { path, body } of requests.slice(1)) {
        const answer = await learner.ask('POST', path, body);
        expect([path, answer.status, answer.text]).toEqual([path, 409, expect.stringContaining('Wait until')]);
      }
      expect((await learner.ask('DELETE', '/api/lab')).status).toBe(409);
    } finally {
      gate.resolve();
    }
    expect((await ready()).state).toBe('ready');
  });
});

describe('a host', () => {
  it('that is replaced is a new machine under its old name', async () => {
    const replaced = vi.spyOn(lab, 'replaceHost');
    const answer = await learner.ask('POST', '/api/lab/hosts/redis-1/replace');
    expect([answer.status, answer.json]).toEqual([200, expect.objectContaining({ id: lab.id, state: 'ready' })]);
    expect(replaced.mock.calls).toEqual([['redis-1']]);
  });

  it.each(['host-down', 'host-paused'] as const)('with the fault %s runs again once it is started', async (fault) => {
    await lab.fault(fault, 'redis-1');
    expect((await learner.ask('POST', '/api/lab/hosts/redis-1/start')).status).toBe(200);
    expect(await lab.hostState('redis-1')).toBe('running');
  });

  it('that is gone is made anew', async () => {
    vi.spyOn(lab, 'hostState').mockResolvedValueOnce('missing');
    const replaced = vi.spyOn(lab, 'replaceHost');
    expect((await learner.ask('POST', '/api/lab/hosts/redis-1/start')).status).toBe(200);
    expect(replaced.mock.calls).toEqual([['redis-1']]);
  });

  it.each(['redis-9', 'outside', '__proto__'])('called %s is none of the lab’s', async (name) => {
    for (const act of ['start', 'replace']) {
      const answer = await learner.ask('POST', `/api/lab/hosts/${name}/${act}`);
      expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('it has redis-1.')]);
    }
  });
});

describe('more time', () => {
  it('is had by one click, as much as the lab may have in all, and then refused with the time of the end', async () => {
    const short = await openTestClinic({ LAB_IDLE_MINUTES: '120', LAB_MAX_MINUTES: '60' });
    try {
      const browser = new Browser(short.address);
      await browser.ask('GET', '/api/me');
      const own = await browser.live();
      await browser.ask('POST', '/api/lab', { lesson: 'quiz' });
      const { lab: made } = await own.next('lab', (message) => message.lab.state === 'ready');
      const end = Date.parse(made.lease?.endsAt ?? '');
      expect(made.lease).toMatchObject({ why: 'absolute', extendable: true });

      const answer = await browser.ask('POST', '/api/lab/extend');
      expect(answer.json).toMatchObject({ lease: { extendable: false } });
      const { lab: pushed } = await own.next('lab', ({ lab: { lease } }) => lease?.extendable === false);
      expect(Date.parse(pushed.lease?.endsAt ?? '') - end).toBe(60 * minute);

      const refused = await browser.ask('POST', '/api/lab/extend');
      expect([refused.status, refused.text]).toEqual([409, expect.stringContaining(pushed.lease?.endsAt ?? 'an end')]);
    } finally {
      await short.stop();
    }
  });

  it('puts off the end of a lab that nobody works in', async () => {
    const { lab: view } = (await learner.ask('GET', '/api/me')).json as { lab: LabView };
    expect(view.lease?.why).toBe('idle');
    const { lease } = (await learner.ask('POST', '/api/lab/extend')).json as LabView;
    expect(Date.parse(lease?.endsAt ?? '')).toBeGreaterThanOrEqual(Date.parse(view.lease?.endsAt ?? ''));
    expect(lease).toMatchObject({ why: 'idle', extendable: true });
  });
});
