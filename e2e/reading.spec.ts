/** Finding one's way in a lesson: its contents, the definition of done at a glance, and back to where one was. */
import { expect, openLesson, test } from './clinic.ts';
import { TerminalPage } from './terminal-page.ts';

test('who comes straight to a lesson has one session, and so one lab', async ({ page }) => {
  const cookies: Promise<string | null>[] = [];
  page.on('response', (response) => cookies.push(response.headerValue('set-cookie')));
  await page.goto('/lessons/key-metrics/');
  await expect(page.getByRole('button', { name: 'Start the lab' })).toBeVisible();
  const sessions = (await Promise.all(cookies)).filter((cookie) => cookie !== null);
  expect(sessions).toHaveLength(1);
});

test('the contents lead to each part of a lesson and to every lesson, and say what is done', async ({ page }) => {
  await page.goto('/lessons/key-metrics/');
  const opener = page.getByRole('button', { name: /^Lesson 1 of 11 .*Contents$/ });
  await opener.click();
  const contents = page.locator('lesson-outline');
  await expect(contents.getByRole('link')).toContainText(['What INFO says', 'In your lab', 'Take two reports']);
  await expect(contents.getByRole('link', { name: 'Persistence test' })).toBeVisible();
  await contents.getByRole('link', { name: 'Read them' }).click();
  await expect(contents).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Read them' })).toBeInViewport();
  await expect(contents.locator('a[href="#read"]')).toHaveAttribute('aria-current', 'location');
});

test('what is done is seen at a glance while the list is out of sight, and the course leads back to the place', async ({
  page,
}) => {
  await openLesson(page, 'key-metrics');
  const terminals = new TerminalPage(page);
  await terminals.enter('redis-1');
  await page.getByRole('heading', { name: 'Take two reports' }).scrollIntoViewIfNeeded();
  const glance = page.locator('step-glance a');
  await expect(glance).toContainText(/0 of \d met/);
  await terminals.type('redis-cli INFO everything > info-1.txt; cp info-1.txt info-2.txt');
  await expect(glance).toContainText(/[1-9] of \d met/);
  await glance.click();
  await expect(page.locator('#reports-done')).toBeInViewport();
  await expect(glance, 'while the list itself is seen').toBeHidden();

  await page.locator('#read').evaluate((step) => step.scrollIntoView());
  await expect(page.locator('lesson-outline a[href="#read"]')).toHaveAttribute('aria-current', 'location');
  await page.goto('/');
  await page.getByRole('link', { name: /^Continue: .*key metrics/i }).click();
  await expect(page.getByRole('heading', { name: 'Read them' })).toBeInViewport();
});

test('a script or style sheet that the network dropped is asked for again, without loading the page again', async ({
  page,
}) => {
  let loads = 0;
  page.on('framenavigated', () => (loads += 1));
  const dropped = new Set<string>();
  await page.route(/\/_astro\/.*\.(js|css)/, (route) => {
    const { pathname } = new URL(route.request().url());
    if (dropped.has(pathname)) return route.continue();
    dropped.add(pathname);
    return route.abort();
  });
  await page.goto('/lessons/key-metrics/');
  await expect(page.getByRole('button', { name: 'Start the lab' })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.lesson')).toHaveCSS('display', 'grid');
  expect(dropped.size).toBeGreaterThan(5);
  expect(loads).toBe(1);
});

test('notes are kept in the browser, beside the commands of the course', async ({ page }) => {
  await page.goto('/lessons/key-metrics/');
  const tab = page.getByRole('tab', { name: 'Notes' });
  await tab.click();
  await page.getByLabel('Your notes on this lesson').fill('used_memory is not RSS');
  await expect(page.getByRole('tabpanel', { name: 'Notes' }).getByText('redis-cli INFO replication')).toBeVisible();
  await page.reload();
  await tab.click();
  await expect(page.getByLabel('Your notes on this lesson')).toHaveValue('used_memory is not RSS');
});

test('the record says what a learner did, and that nothing was done before', async ({ page }) => {
  await page.goto('/record/');
  await expect(page.getByText('Nothing is done yet.')).toBeVisible();
  await openLesson(page, 'key-metrics');
  const step = page.locator('step-checks').first();
  await step.getByRole('button', { name: 'Skip this step' }).click();
  await page.getByRole('button', { name: 'Run the solution' }).click();
  await expect(page.locator('#reports')).toHaveAttribute('data-progress', 'skipped', { timeout: 60_000 });
  await page.goto('/record/');
  await expect(page.getByRole('region', { name: /key metrics/ })).toContainText(/Skipped on .*: the solution was run/);
  await expect(page.getByText(/^0 of \d+ steps done, 1 skipped\.$/)).toBeVisible();
});
