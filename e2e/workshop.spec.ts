/** An instructor and three learners at once: joining, a failing class, looking in, helping, the results taken home. */
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from '@playwright/test';
import { expect, openLesson, test } from './clinic.ts';
import { TerminalPage } from './terminal-page.ts';

const names = ['Ada', 'Bo', 'Cy'];
const lesson = 'persistence';

async function signedIn(browser: Browser, url: string, secret: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto('/instructor/');
  await page.getByLabel('Your name, as learners see it').fill('Kim');
  await page.getByLabel('Instructor’s secret').fill(secret);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByText('Logged in as Kim.')).toBeVisible();
  return page;
}

async function joined(browser: Browser, url: string, code: string, name: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`/join/${code.toLowerCase()}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText(`Welcome, ${name}`)).toBeVisible();
  return page;
}

/** The row of a learner on the board. */
const row = (board: Page, name: string): Locator => board.locator('.board tbody tr').filter({ hasText: name });

/** Opens one of the menus above the board. */
const menu = (board: Page, name: string): Promise<void> => board.locator('summary').filter({ hasText: name }).click();

/** A check as the button does it, and its verdict's state. */
async function check(page: Page): Promise<string> {
  const answer = await page.request.post(`/api/steps/${lesson}/append-only/check`, { timeout: 100_000 });
  return ((await answer.json()) as { state: string }).state;
}

const accessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
};

test('a class of three, from the code on the wall to the results', async ({ browser, clinic }) => {
  test.setTimeout(300_000);
  const board = await signedIn(browser, clinic.url, clinic.instructorSecret);

  await board.getByLabel('Title').fill('Spring class');
  // Pressed twice, one is made.
  await board.getByRole('button', { name: 'Make the workshop' }).dblclick();
  await expect(board.getByText('Nobody has joined yet.')).toBeVisible();
  const code = await board.locator('.code-big').innerText();
  await accessible(board);
  const { workshops } = (await (await board.request.get('/api/workshops')).json()) as { workshops: unknown[] };
  expect(workshops).toHaveLength(1);

  const learners: Page[] = [];
  for (const name of names) learners.push(await joined(browser, clinic.url, code, name));
  const [ada, bo, cy] = learners;
  if (!ada || !bo || !cy) throw new Error('three learners were to join');
  await expect(board.locator('.board tbody tr')).toHaveCount(3);

  await test.step('all fail the same criterion; the board says who and why', async () => {
    for (const page of learners) await openLesson(page, lesson);
    for (const page of learners) expect(await check(page)).toBe('unmet');
    for (const name of names) await expect(row(board, name).locator('.cell.failing .criterion')).toHaveText('on');
    await expect(board.locator('.sums .criterion')).toHaveText('on × 3');
  });

  await test.step('a hand is raised, and its row comes first', async () => {
    await cy.getByRole('button', { name: 'I need help' }).click();
    await expect(row(board, 'Cy').locator('.why')).toContainText('asked for help');
    await row(board, 'Cy').getByRole('button').click();
    await expect(board.getByRole('heading', { name: 'Cy' })).toBeVisible();
    await accessible(board);
    await board.keyboard.press('Escape');
  });

  await test.step('the instructor looks in; the learner is told, and nothing is typed without leave', async () => {
    const terminals = new TerminalPage(cy);
    await terminals.enter('redis-1');
    await terminals.type('echo look-$((40+2))');
    await terminals.sees('redis-1', 'look-42');
    // A program that fills the screen was there before the look.
    await terminals.type('seq -f "line %g" 200 > lines; less lines');
    await terminals.sees('redis-1', 'line 9');
    await cy.keyboard.press('Space');
    await expect(terminals.screen('redis-1')).not.toContainText('line 9 ');
    await row(board, 'Cy').getByRole('button').click();
    await board.getByRole('button', { name: 'Look: redis-1' }).first().click();
    const lines = (page: Page, of: string) => page.locator(`${of} .xterm-rows > div`).allInnerTexts();
    await expect(async () =>
      expect(await lines(board, '.look-screen')).toEqual(await lines(cy, '.terminal-pane:visible')),
    ).toPass();
    await cy.keyboard.press('q');
    await cy.evaluate(() => scrollTo(0, 1200));
    // Far down in the text, and on a page that is loaded only now, the learner sees that somebody looks.
    await expect(cy.getByText('Kim is looking at your terminal')).toBeInViewport();
    await cy.reload();
    await expect(cy.getByText('Kim is looking at your terminal')).toBeInViewport();
    await terminals.enter('redis-1');

    await board.locator('.look-screen').click();
    await board.keyboard.type('echo refused-1\n');
    await board.getByRole('button', { name: 'Ask to type' }).click();
    await cy.getByRole('button', { name: 'Allow' }).click();
    await expect(cy.getByText('Kim may type.')).toBeVisible();
    await board.locator('.look-screen').click();
    await board.keyboard.type('echo given-$((1+1))\n');
    await terminals.sees('redis-1', 'given-2');
    await expect(terminals.screen('redis-1')).not.toContainText('refused-1');
    await cy.keyboard.press('Escape');
    await expect(cy.getByText('Kim may type.')).toBeHidden();
    await board.getByRole('button', { name: 'Stop looking' }).click();
    await expect(cy.getByText('Kim is looking at your terminal')).toBeHidden();
  });

  await test.step('help arrives beside the step, and the cell turns green', async () => {
    await board.getByLabel('Answer the call for help').fill('Switch it on while it runs.');
    await board.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(cy.getByText('Switch it on while it runs.')).toBeVisible();
    await expect(cy.getByRole('button', { name: 'I need help' })).toBeVisible();
    await expect(row(board, 'Cy').locator('.why')).not.toContainText('asked for help');

    const terminals = new TerminalPage(cy);
    await terminals.enter('redis-1');
    await terminals.type('redis-cli CONFIG SET appendonly yes; sleep 2');
    await terminals.type(
      'redis-cli CONFIG SET appendfsync everysec auto-aof-rewrite-percentage 100 auto-aof-rewrite-min-size 1mb && redis-cli CONFIG REWRITE && echo all-$((1+1))',
    );
    await terminals.sees('redis-1', 'all-2');
    for (const [question, value] of [
      ['copy', '0'],
      ['everysec', 'second'],
    ])
      await cy.request.put(`/api/steps/${lesson}/append-only/answers`, { data: { question, value } });
    expect(await check(cy)).toBe('met');
    await board.keyboard.press('Escape');
    await expect(row(board, 'Cy').locator('.cell.done')).toHaveCount(1);
    await expect(board.locator('.sums td').filter({ hasText: '1 of 3' })).toHaveCount(1);
  });

  await test.step('time, a word to all, and a pause reach the learners', async () => {
    await menu(board, 'Say to all');
    await board.getByLabel('A word or a hint for everybody').fill('Five minutes to the break.');
    await board.getByRole('button', { name: 'Say to all' }).click();
    for (const page of learners) await expect(page.getByText('Five minutes to the break.')).toBeVisible();
    // It stays through a reload until it is dismissed.
    await bo.reload();
    const word = bo.locator('.notice', { hasText: 'Five minutes to the break.' });
    await word.getByRole('button', { name: 'Dismiss' }).click();
    await expect(word).toHaveCount(0);
    await bo.reload();
    await expect(bo.locator('.lease:not([data-lab=unknown])')).toBeVisible();
    await expect(word).toHaveCount(0);
    await menu(board, 'Class');
    await board.getByRole('button', { name: 'Pause' }).click();
    await expect(board.getByText('Paused: nobody can check or enter a lesson.')).toBeVisible();
    await expect(ada.getByText('The instructor has paused it.')).toBeVisible();
    const refused = await ada.request.post(`/api/steps/${lesson}/append-only/check`);
    expect(refused.status()).toBe(403);
    expect(((await refused.json()) as { detail: string }).detail).toContain('paused the workshop');
    await board.getByRole('button', { name: 'Go on' }).click();
  });

  await test.step('the instructor’s own terminal is shown on every page', async () => {
    const own = await board.context().newPage();
    await openLesson(own, lesson);
    await new TerminalPage(own).enter('redis-1');
    await menu(board, 'Show');
    await board.getByLabel('Show to all').selectOption('redis-1');
    await own.bringToFront();
    await own.locator('.terminal-pane:visible').click();
    await new TerminalPage(own).type('echo shown-$((40+2))');
    for (const page of learners) await expect(page.locator('workshop-bar .xterm-rows')).toContainText('shown-42');
    // A board that is loaded again knows what is shown, and can end it.
    await board.reload();
    await menu(board, 'Show');
    await expect(board.getByLabel('Show to all')).toHaveValue('redis-1');
    await board.getByLabel('Show to all').selectOption('');
    await expect(ada.locator('workshop-bar .look')).toBeHidden();
    await own.close();
  });

  await test.step('the results say what the records say', async () => {
    await menu(board, 'Results');
    const downloads = await Promise.all([
      board.waitForEvent('download'),
      board.getByRole('link', { name: 'learners.csv' }).click(),
    ]);
    const lines = (await readFile(await downloads[0].path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    const head = lines[0]?.split(',') ?? [];
    const of = (name: string) =>
      Object.fromEntries(
        (lines.find((line) => line.includes(`,${name},`)) ?? '').split(',').map((field, at) => [head[at], field]),
      );
    expect(of('Cy')).toMatchObject({ name: 'Cy', steps_done: '1', workshop: 'Spring class' });
    const workshop = new URL(board.url()).searchParams.get('workshop');
    const attempts = await (await board.request.get(`/api/workshops/${workshop}/results/attempts.csv`)).text();
    const rows = attempts.split('\r\n').filter((line) => line.includes(',Ada,'));
    expect(rows.at(-1)).toContain(',unmet,');
    expect(of('Ada')).toMatchObject({ name: 'Ada', steps_done: '0', attempts: `${rows.length}` });
    const mine = (await (await cy.request.get('/api/me')).json()) as {
      learner: string;
      progress: { state: string; at?: string }[];
    };
    expect(of('Cy')).toMatchObject({
      learner: mine.learner,
      first_done_at: mine.progress.find((one) => one.state === 'done')?.at,
    });

    await board.getByRole('link', { name: 'Papers to print' }).click();
    await expect(board.getByRole('heading', { name: 'Cy' })).toBeVisible();
    await expect(board.getByText('1 of', { exact: false }).first()).toBeVisible();
    await accessible(board);
  });
});

test('a learner comes back on another machine by the personal link', async ({ browser, clinic }) => {
  const board = await signedIn(browser, clinic.url, clinic.instructorSecret);
  await board.getByLabel('Title').fill('Coming back');
  await board.getByRole('button', { name: 'Make the workshop' }).click();
  const code = await board.locator('.code-big').innerText();
  const first = await joined(browser, clinic.url, code, 'Dee');
  await accessible(first);
  const link = await first.locator('.return-link').innerText();
  const { learner } = (await (await first.request.get('/api/me')).json()) as { learner: string };

  const second = await (await browser.newContext({ baseURL: clinic.url })).newPage();
  await second.goto(link);
  await expect(second.getByText('Welcome, Dee')).toBeVisible();
  expect(await (await second.request.get('/api/me')).json()).toMatchObject({ learner });
});
