/** Workshops as instructors and learners meet them over HTTP: colleagues, late joiners, what is told and recorded. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import QRCode from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoardMessage, MembershipView, WorkshopView } from '#shared/board.ts';
import type { StepProgress, TerminalView } from '#shared/wire.ts';
import { Browser } from '../testing/browser.ts';
import { instructorSecret, openTestClinic } from '../testing/test-clinic.ts';

let clinic: Awaited<ReturnType<typeof openTestClinic>>;
let kim: Browser;
let ben: Browser;
beforeAll(async () => {
  clinic = await openTestClinic({ LAB_CAPACITY: '20' });
  [kim, ben] = [await instructor('Kim'), await instructor('Ben')];
});
afterAll(() => clinic.stop());

async function instructor(name: string): Promise<Browser> {
  const browser = new Browser(clinic.address);
  await browser.ask('POST', '/api/instructor/login', { name, secret: instructorSecret });
  return browser;
}

const hour = 3_600_000;
const fromNow = (hours: number) => new Date(Date.now() + hours * hour).toISOString();

async function workshopOf(maker: Browser, more: object = {}): Promise<WorkshopView> {
  const { json } = await maker.ask('POST', '/api/workshops', {
    title: 'Spring',
    lessons: ['quiz'],
    startsAt: fromNow(-1),
    endsAt: fromNow(2),
    seats: 9,
    openness: 'all',
    ...more,
  });
  return json as WorkshopView;
}

async function joined({ code }: WorkshopView, name: string) {
  const browser = new Browser(clinic.address);
  await browser.ask('POST', '/api/join', { code, name });
  const page = await browser.live();
  await page.next('hello');
  const me = async () =>
    (await browser.ask('GET', '/api/me')).json as { learner: string; progress: readonly StepProgress[] };
  return { browser, page, me, learner: (await me()).learner };
}

async function atQuiz(member: Awaited<ReturnType<typeof joined>>): Promise<void> {
  await member.browser.ask('POST', '/api/lab', { lesson: 'quiz' });
  await member.page.next('lab', ({ lab }) => lab.state === 'ready');
}

/** A change whose body comes in two halves: what `meanwhile` does happens between them. */
async function slowChange(by: Browser, { id }: WorkshopView, body: object, meanwhile: () => Promise<unknown>) {
  const text = JSON.stringify(body);
  const headers = { cookie: by.cookie, 'content-type': 'application/json', 'content-length': text.length };
  const asked = request(new URL(`/api/workshops/${id}`, clinic.address), { method: 'PUT', headers });
  asked.write(text.slice(0, 5));
  await meanwhile();
  asked.end(text.slice(5));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

async function boardOf(browser: Browser, { id }: WorkshopView) {
  const socket = browser.socket(`/board?workshop=${id}`, { origin: new URL(clinic.address).origin });
  const [first] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  const message = JSON.parse(first.toString()) as Extract<BoardMessage, { type: 'board' }>;
  return message.board;
}

const detail = (answer: { readonly json: unknown }) => (answer.json as { detail: string }).detail;

describe('several instructors', () => {
  it('see each other’s workshops and results, and act in their own only, until they say that they help', async () => {
    const spring = await workshopOf(kim);
    const { learner, browser } = await joined(spring, 'Ada');
    const path = `/api/workshops/${spring.id}`;
    expect((await ben.ask('GET', path)).json).toMatchObject({ instructors: ['Kim'] });
    expect((await ben.ask('GET', `${path}/results/learners.csv`)).text).toContain(',Ada,');
    expect((await boardOf(ben, spring)).rows).toHaveLength(1);

    const acts = [
      ['PUT', path, { paused: true }],
      ['POST', `${path}/say`, { text: 'Hello' }],
      ['POST', `${path}/show`, { host: null }],
      ['POST', `${path}/learners/${learner}/say`, { text: 'Hello' }],
      ['POST', `${path}/learners/${learner}/reset`, {}],
      ['POST', `${path}/learners/${learner}/ask-to-type`, {}],
      ['DELETE', `${path}/learners/${learner}`, undefined],
    ] as const;
    for (const [method, to, body] of acts) {
      const refused = await ben.ask(method, to, body);
      expect([to, refused.status]).toEqual([to, 403]);
      expect(detail(refused)).toBe('"Spring" is run by Kim. Press "Help to run it" on its board first.');
    }
    expect((await browser.ask('GET', '/api/membership')).json).toMatchObject({ workshop: { state: 'running' } });

    expect((await ben.ask('POST', `${path}/instructors`)).json).toMatchObject({ instructors: ['Kim', 'Ben'] });
    expect((await ben.ask('PUT', path, { paused: true })).status).toBe(200);
  });

  it('lose no change of each other’s that comes while theirs is on its way', async () => {
    const spring = await workshopOf(kim);
    await ben.ask('POST', `/api/workshops/${spring.id}/instructors`);
    const renamed = () => ben.ask('PUT', `/api/workshops/${spring.id}`, { title: 'Summer' });
    expect(await slowChange(kim, spring, { seats: 7 }, renamed)).toBe(200);
    expect((await kim.ask('GET', `/api/workshops/${spring.id}`)).json).toMatchObject({ title: 'Summer', seats: 7 });
  });

  it('are named in what they did: beside the step, on the learner’s timeline and in the log', async () => {
    const spring = await workshopOf(kim);
    const ada = await joined(spring, 'Ada');
    await atQuiz(ada);
    const path = `/api/workshops/${spring.id}/learners/${ada.learner}`;
    await ben.ask('POST', `/api/workshops/${spring.id}/instructors`);
    await ben.ask('POST', `${path}/time`, { minutes: 30 });
    expect(await ada.page.next('timeline', ({ event }) => event.kind === 'instructor-acted')).toMatchObject({
      event: { text: 'Ben gave 30 min', data: { by: 'Ben' } },
    });
    expect(await ada.page.next('notice')).toMatchObject({ by: 'Ben', text: 'Your lab has 30 minutes more.' });

    const [terminal] = (await ada.browser.ask('GET', '/api/lab/terminals')).json as TerminalView[];
    const look = kim.socket(`/look?workshop=${spring.id}&learner=${ada.learner}&terminal=${terminal?.id}`);
    expect(await ada.page.next('timeline')).toMatchObject({ event: { text: 'Kim looked into redis-1' } });
    const told = (what: (membership: MembershipView) => boolean) =>
      ada.page.next('membership', ({ membership }) => membership !== undefined && what(membership));
    await told(({ lookers }) => lookers.join() === 'Kim');

    await kim.ask('POST', `${path}/ask-to-type`);
    await told(({ asksToType }) => asksToType === 'Kim');
    await ada.browser.ask('PUT', '/api/typing', { allowed: true });
    await told(({ mayType, asksToType }) => mayType === 'Kim' && asksToType === undefined);
    // A page that is loaded now is told the same: nobody looks or types unseen.
    const again = await (await ada.browser.live()).next('hello');
    expect(again.membership).toMatchObject({ lookers: ['Kim'], mayType: 'Kim' });
    look.close();
    await told(({ lookers, mayType }) => lookers.length === 0 && mayType === undefined);
    const { log } = (await kim.ask('GET', path)).json as { log: { by: string; kind: string; text: string }[] };
    expect(log.map(({ by, kind, text }) => [by, kind, text])).toEqual([
      ['Ada', 'joined', ''],
      ['Ben', 'time', '30 min'],
      ['Kim', 'look', 'redis-1'],
      ['Kim', 'typed', 'asked to type'],
      ['Ada', 'typed', 'let Kim type'],
      ['Kim', 'typed', 'stopped looking, which ended the typing'],
    ]);
  });

  it('cannot look into terminals of a workshop that they do not run, and nobody is let type who did not ask', async () => {
    const spring = await workshopOf(kim);
    const ada = await joined(spring, 'Ada');
    await atQuiz(ada);
    const [terminal] = (await ada.browser.ask('GET', '/api/lab/terminals')).json as TerminalView[];
    const look = ben.socket(`/look?workshop=${spring.id}&learner=${ada.learner}&terminal=${terminal?.id}`);
    expect((await once(look, 'close'))[0]).toBe(4403);
    expect(detail(await ada.browser.ask('PUT', '/api/typing', { allowed: true }))).toContain('Nobody has asked');
  });
});

describe('a late joiner', () => {
  it('is brought to the class’s step by one press; what was passed over is recorded as skipped', async () => {
    const spring = await workshopOf(kim, { lessons: ['quiz', 'other'] });
    const [ada, bo] = [await joined(spring, 'Ada'), await joined(spring, 'Bo')];
    for (const member of [ada, bo]) {
      await atQuiz(member);
      await member.browser.ask('PUT', '/api/steps/quiz/answer/answers', { question: 'answer', value: '42' });
      await member.page.next('progress', ({ progress }) => progress.step === 'quiz/throws');
    }
    const late = await joined(spring, 'Cy');
    expect((await late.browser.ask('GET', '/api/membership')).json).toMatchObject({ classStep: 'quiz/throws' });
    expect((await late.browser.ask('POST', '/api/catch-up')).json).toEqual({ lesson: 'quiz', step: 'quiz/throws' });
    await late.page.next('lab', ({ lab }) => lab.state === 'ready');
    expect((await late.me()).progress).toMatchObject([
      { step: 'quiz/answer', state: 'skipped' },
      { step: 'quiz/throws', state: 'at-work' },
    ]);
  });

  it('is refused what the workshop has closed, and told when there is no class to catch up with', async () => {
    const spring = await workshopOf(kim);
    const ada = await joined(spring, 'Ada');
    expect(detail(await ada.browser.ask('POST', '/api/catch-up'))).toContain('Nobody of the class has begun');
    await atQuiz(ada);
    const bo = await joined(spring, 'Bo');
    await kim.ask('PUT', `/api/workshops/${spring.id}`, { paused: true });
    const refused = await bo.browser.ask('POST', '/api/catch-up');
    expect([refused.status, detail(refused)]).toEqual([403, expect.stringContaining('paused')]);
  });

  it('may be brought by the instructor to any step of the workshop, and nowhere else', async () => {
    const spring = await workshopOf(kim);
    const ada = await joined(spring, 'Ada');
    const bring = (to: object) => kim.ask('POST', `/api/workshops/${spring.id}/learners/${ada.learner}/bring`, to);
    expect((await bring({ lesson: 'quiz', step: 'quiz/throws' })).status).toBe(204);
    expect(await ada.page.next('notice')).toMatchObject({
      by: 'Kim',
      text: expect.stringContaining('it is made anew'),
    });
    expect(await ada.page.next('notice')).toMatchObject({
      by: 'Kim',
      text: 'Your lab now stands at “quiz”.',
      step: 'quiz/throws',
    });
    expect((await ada.me()).progress[0]).toMatchObject({ step: 'quiz/answer', state: 'skipped' });
    expect(detail(await bring({ lesson: 'other' }))).toContain('"other" is not part of this workshop. It has quiz.');
    expect(detail(await bring({ lesson: 'quiz', step: 'quiz/nope' }))).toContain('"quiz/nope" is no step');
  });
});

it('tells members what their instructor does to the workshop, and that a call for help was answered', async () => {
  const spring = await workshopOf(kim);
  const { browser, page, learner } = await joined(spring, 'Ada');
  const told = (what: (membership: MembershipView) => boolean) =>
    page.next('membership', ({ membership }) => membership !== undefined && what(membership));
  await kim.ask('PUT', `/api/workshops/${spring.id}`, { paused: true });
  await told(({ workshop }) => workshop.state === 'paused');
  await kim.ask('PUT', `/api/workshops/${spring.id}`, { paused: false });
  await told(({ workshop }) => workshop.state === 'running');
  await browser.ask('POST', '/api/help', { text: '' });
  await told(({ helpAskedAt }) => helpAskedAt !== undefined);
  await kim.ask('POST', `/api/workshops/${spring.id}/learners/${learner}/answer`, { text: 'Look at the log.' });
  await told(({ helpAskedAt }) => helpAskedAt === undefined);
  await kim.ask('PUT', `/api/workshops/${spring.id}`, { endsAt: new Date().toISOString() });
  await told(({ workshop }) => workshop.state === 'ended');
  await kim.ask('DELETE', `/api/workshops/${spring.id}/learners/${learner}`);
  await page.next('membership', ({ membership }) => membership === undefined);
});

it('ends a question and a leave to type by one no', async () => {
  const spring = await workshopOf(kim);
  await ben.ask('POST', `/api/workshops/${spring.id}/instructors`);
  const { browser, learner } = await joined(spring, 'Ada');
  const path = `/api/workshops/${spring.id}/learners/${learner}`;
  const asks = async (who: Browser) => expect((await who.ask('POST', `${path}/ask-to-type`)).status).toBe(204);
  const answers = (allowed: boolean) => browser.ask('PUT', '/api/typing', { allowed });
  const typing = async () => (await browser.ask('GET', '/api/membership')).json as MembershipView;
  await asks(kim);
  await answers(false);
  expect(await typing()).not.toHaveProperty('asksToType');
  await asks(kim);
  await answers(true);
  await asks(ben);
  expect(await typing()).toMatchObject({ mayType: 'Kim', asksToType: 'Ben' });
  await answers(false);
  expect(await typing()).not.toHaveProperty('mayType');
  const { log } = (await kim.ask('GET', path)).json as { log: { kind: string; text: string }[] };
  expect(log.flatMap(({ kind, text }) => (kind === 'typed' ? [text] : []))).toEqual([
    'asked to type',
    'did not let Kim type',
    'asked to type',
    'let Kim type',
    'asked to type',
    'ended Kim’s typing',
  ]);
});

it('keeps the place of a call for help when words follow, until it is answered or taken back', async () => {
  const spring = await workshopOf(kim);
  const { browser } = await joined(spring, 'Ada');
  const askedAt = async (answer: Promise<{ json: unknown }>) => ((await answer).json as MembershipView).helpAskedAt;
  const first = await askedAt(browser.ask('POST', '/api/help', { text: '' }));
  expect(first).toBeDefined();
  expect(await askedAt(browser.ask('POST', '/api/help', { text: 'It does not start.' }))).toBe(first);
  expect((await boardOf(kim, spring)).rows[0]?.help).toMatchObject({ at: first, text: 'It does not start.' });
  expect(await askedAt(browser.ask('DELETE', '/api/help'))).toBeUndefined();
  expect((await boardOf(kim, spring)).rows[0]?.need).toBe(0);
});

it('keeps no command: neither what a terminal was sent nor what the last one was', async () => {
  const spring = await workshopOf(kim);
  const ada = await joined(spring, 'Ada');
  await atQuiz(ada);
  const [terminal] = (await ada.browser.ask('GET', '/api/lab/terminals')).json as TerminalView[];
  const socket = ada.browser.socket(`/terminal?id=${terminal?.id}`);
  await once(socket, 'open');
  socket.send(Buffer.from('redis-cli SET secret-of-ada 1\r'));
  const closed = once(socket, 'close');
  socket.close();
  await closed;
  await ada.browser.ask('POST', '/api/steps/quiz/answer/check');
  expect(clinic.stored()).toContain('You said');
  expect(clinic.stored()).not.toContain('secret-of-ada');
});

it('draws the link on the wall: what a camera reads is what the instructor can copy', async () => {
  const { id, code } = await workshopOf(kim);
  const shown = (await kim.ask('GET', `/api/workshops/${id}`)).json as { joinLink: string };
  expect(new URL(shown.joinLink).pathname).toBe(`/join/${code}`);
  const picture = await kim.ask('GET', `/api/workshops/${id}/qr.svg`);
  expect(picture.headers['content-type']).toContain('image/svg+xml');
  expect(picture.text).toBe(await QRCode.toString(shown.joinLink, { type: 'svg', margin: 2 }));
});

it('a workshop in the archive takes nobody in and keeps its results; taken out of it, it goes on', async () => {
  const spring = await workshopOf(kim);
  await joined(spring, 'Ada');
  const put = async (archived: boolean) =>
    ((await kim.ask('PUT', `/api/workshops/${spring.id}`, { archived })).json as WorkshopView).state;
  const join = async () =>
    (await new Browser(clinic.address).ask('POST', '/api/join', { code: spring.code, name: 'Bo' })).status;
  expect(await put(true)).toBe('archived');
  expect(await join()).toBe(410);
  const { text } = await kim.ask('GET', `/api/workshops/${spring.id}/results/learners.csv`);
  expect(text).toContain(',Ada,');
  expect(await put(false)).toBe('running');
  expect(await join()).toBe(201);
});
