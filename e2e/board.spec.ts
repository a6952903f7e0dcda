/** The board with a full class: who needs help first, calm under the hand, by keyboard and screen reader, and names kept. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { openSchool, type School } from './school.ts';

const test = base.extend<object, { school: School }>({
  school: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const school = await openSchool(40);
      await use(school);
      await school.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function open(page: Page, { url, workshop, instructorSecret }: School): Promise<Locator> {
  await page.request.post(`${url}api/instructor/login`, { data: { name: 'Kim', secret: instructorSecret } });
  await page.goto(`${url}instructor/board/?workshop=${workshop}`);
  const rows = page.locator('.board tbody tr');
  await expect(rows).toHaveCount(40);
  return rows;
}

const accessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
};

const order = (page: Page) => page.locator('.board tbody .name').allInnerTexts();

for (const [what, viewport, colorScheme, top] of [
  ['on a projector, light', { width: 1920, height: 1080 }, 'light', 260],
  ['on a laptop, dark', { width: 1280, height: 800 }, 'dark', 260],
  ['on a phone', { width: 390, height: 844 }, 'light', 400],
] as const)
  test(`${what}: the class begins near the top, nothing is wider than the page, and axe finds nothing`, async ({
    browser,
    school,
  }) => {
    const page = await (await browser.newContext({ viewport, colorScheme })).newPage();
    const rows = await open(page, school);
    expect((await rows.first().boundingBox())?.y).toBeLessThan(top);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await accessible(page);
    await rows.first().getByRole('button').click();
    await expect(page.getByText('What happened')).toBeVisible();
    await accessible(page);
  });

test('who asked for help comes first, in the order of asking, and stands in the queue with step and finding', async ({
  page,
  school,
}) => {
  const rows = await open(page, school);
  const asked = page.locator('.queue .asked');
  await expect(asked).toHaveText([/^Eve, append-only/, /^Kai B\., append-only/]);
  await expect(asked.first()).toHaveAttribute('title', 'It does not start. – redis-1 says appendonly:no.');
  await expect(rows.nth(0)).toContainText('asked for help');
  expect((await order(page)).slice(0, 2)).toEqual(['Eve', 'Kai B.']);
  await asked.first().click();
  await expect(page.getByRole('heading', { name: 'Eve' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.learner-panel')).toBeHidden();
});

test('arrows walk through the grid from one stop of the Tab key; Enter opens the learner, Escape comes back', async ({
  page,
  school,
}) => {
  await open(page, school);
  const [first, second] = await order(page);
  await page.getByRole('button', { name: 'Hide names' }).focus();
  // Past the buttons that fold lessons.
  while (!(await page.evaluate(() => document.activeElement?.classList.contains('name'))))
    await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText(first ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator(':focus')).toHaveText(second ?? '');
  for (const key of ['End', 'Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await expect(page.locator('td:focus')).toHaveAttribute('title', /^persistence\//);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: second ?? '' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator(':focus')).toHaveText(second ?? '');
});

test('a cell says its step, state, criterion and finding to a screen reader', async ({ page, school }) => {
  const rows = await open(page, school);
  const failing = rows.first().locator('.cell.failing');
  await expect(failing.locator('.criterion')).toBeVisible();
  await expect(failing.locator('.unseen')).toHaveText(/^append-only failing, \S+: redis-1 says appendonly:no\., \d+ /);
});

test('names that are hidden stay hidden: in rows, queue, panel, log and papers, and over a reload; numbers hold', async ({
  page,
  school,
}) => {
  await open(page, school);
  await page.getByRole('button', { name: 'Hide names' }).click();
  const names = school.members.map(({ name }) => name);
  const betrayed = async () => {
    const text = await page.locator('body').innerText();
    const titles = await page.evaluate(() =>
      [...document.querySelectorAll('[title]')].map((one) => one.getAttribute('title')),
    );
    return names.filter((name) =>
      new RegExp(`\\b${name.replace('.', '\\.')}(?!\\w)`).test(`${text}\n${titles.join('\n')}\n`),
    );
  };
  const eve = page.locator(`tr[data-learner="${school.members[4]?.learner}"] .name`);
  await expect(eve).toHaveText('Learner 5');
  await page.locator('.queue .asked').first().click();
  await expect(page.getByRole('heading', { name: 'Learner 5' })).toBeVisible();
  await expect(page.locator('.log')).toContainText('Learner 5 asked for help');
  expect(await betrayed()).toEqual([]);

  await page.reload();
  await expect(page.locator('.board tbody tr')).toHaveCount(40);
  await expect(eve).toHaveText('Learner 5');
  expect(await betrayed()).toEqual([]);
  await page.goto(`${school.url}instructor/papers/?workshop=${school.workshop}`);
  await expect(page.getByRole('heading', { name: 'Learner 40' })).toBeVisible();
  expect(await betrayed()).toEqual([]);
});

test('the order is held while the pointer is in the board, and comes right when it leaves', async ({
  page,
  school,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const rows = await open(page, school);
  const before = await order(page);
  await rows.nth(5).hover();
  const last = school.members.find(({ name }) => name === before.at(-1));
  await last?.browser.ask('POST', '/api/help', { text: '' });
  await expect(rows.last()).toContainText('asked for help');
  await expect(page.getByText('The order is held')).toBeVisible();
  expect(await order(page)).toEqual(before);
  await page.mouse.move(2, 2);
  await expect(page.getByText('The order is held')).toBeHidden();
  expect((await order(page)).indexOf(last?.name ?? '')).toBe(2);
  await last?.browser.ask('DELETE', '/api/help');
  await expect(page.locator('.queue .asked')).toHaveCount(2);
});

test('the settings of a workshop that runs are changed from the board; what is wrong is said and stays to be mended', async ({
  page,
  school,
}) => {
  await open(page, school);
  const settings = page.locator('summary').filter({ hasText: 'Settings' });
  await settings.click();
  const labelled = (label: string) => page.getByLabel(label, { exact: true });
  const [title, seats, ends] = [labelled('Title'), labelled('Seats'), labelled('Ends')];
  const [before, end] = [await title.inputValue(), await ends.inputValue()];
  await title.fill('Spring, the second day');
  await seats.fill('44');
  await ends.fill('2020-01-01T10:00');
  await accessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('would end')).toBeVisible();
  await expect(seats).toHaveValue('44');
  await ends.fill(end);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Spring, the second day' })).toBeVisible();
  await settings.click();
  await expect(seats).toHaveValue('44');
  await title.fill(before);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: before })).toBeVisible();
});

test('what is being written to all stays when somebody joins', async ({ page, school }) => {
  await open(page, school);
  await page.locator('summary').filter({ hasText: 'Say to all' }).click();
  await page.getByLabel('A word or a hint for everybody').fill('Look at the log');
  const [ada] = school.members;
  await ada?.browser.ask('POST', '/api/help', { text: '' });
  await expect(page.locator('.queue .asked')).toHaveCount(3);
  await expect(page.getByLabel('A word or a hint for everybody')).toHaveValue('Look at the log');
  await page.getByRole('button', { name: 'Say to all' }).click();
  await expect(page.getByText('Said to all.')).toBeVisible();
  await ada?.browser.ask('DELETE', '/api/help');
});

test('a late joiner is shown where the class is, and asked before one press makes a fresh lab there', async ({
  browser,
  school,
}) => {
  const page = await (await browser.newContext({ baseURL: school.url })).newPage();
  await page.request.post('/api/join', { data: { code: school.code, name: 'Zoltan' } });
  await page.goto('/lessons/key-metrics/');
  await expect(page.getByText('The class is at “Ensuring persistence”')).toBeVisible();
  await page.getByRole('button', { name: 'Bring my lab there' }).click();
  const asked = page.getByRole('dialog', { name: 'Bring your lab to where the class is?' });
  await expect(asked).toContainText('those you have not done are noted as skipped');
  await asked.getByRole('button', { name: 'Bring it there' }).click();
  await page.waitForURL('**/lessons/persistence/');
  const lab = async () =>
    ((await (await page.request.get('/api/me')).json()) as { lab: { lesson?: string } }).lab.lesson;
  await expect.poll(lab).toBe('persistence');
  // Not while the lab is still being brought there.
  await expect.poll(async () => (await page.request.delete('/api/me')).status()).toBe(204);
});

test('an instructor of another workshop sees the board, and acts in it only after saying so', async ({
  browser,
  school,
}) => {
  const page = await (await browser.newContext()).newPage();
  await page.request.post(`${school.url}api/instructor/login`, {
    data: { name: 'Ben', secret: school.instructorSecret },
  });
  await page.goto(`${school.url}instructor/board/?workshop=${school.workshop}`);
  await expect(page.getByText('Kim runs this workshop.')).toBeVisible();
  const menu = (name: string) => page.locator('summary').filter({ hasText: name });
  await expect(menu('Results')).toBeVisible();
  await expect(menu('Say to all')).toBeHidden();
  await page.locator('.board .name').first().click();
  await expect(page.getByText('What happened')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Reset the lab' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Help to run it' }).click();
  await expect(page.getByText('with Kim, Ben')).toBeVisible();
  await expect(menu('Say to all')).toBeVisible();
});

test('by keyboard alone a call for help is answered: from the grid to the learner, to the words, and back', async ({
  page,
  school,
}) => {
  await open(page, school);
  const tabTo = async (there: Locator) => {
    while (!(await there.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab');
  };
  const eve = page.locator('.board').getByRole('button', { name: 'Eve', exact: true });
  await tabTo(eve);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Eve' })).toBeVisible();
  await tabTo(page.getByLabel('Answer the call for help'));
  await page.keyboard.type('The log says why.');
  await tabTo(page.getByRole('button', { name: 'Answer', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Said.' })).toBeVisible();
  await expect(page.locator('.queue .asked')).toHaveText([/^Kai B\./]);
  await page.keyboard.press('Escape');
  await expect(eve).toBeFocused();
});
