import { expect, openLesson, test } from './clinic.ts';
import { TerminalPage } from './terminal-page.ts';

test('a learner starts the lab, works, sees a criterion turn green, and goes on after coming back', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Start with lesson 1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'key metrics' })).toBeVisible();
  await page.getByRole('button', { name: 'Start the lab' }).click();
  await expect(page.getByText('Lab ready')).toBeVisible({ timeout: 60_000 });

  const step = page.locator('step-checks').first();
  const saved = step.locator('[data-criterion=full]');
  await expect(saved).toHaveAttribute('data-state', /open|unmet|waiting/);
  const terminals = new TerminalPage(page);
  await terminals.enter('redis-1');
  await terminals.type('redis-cli INFO everything > info-1.txt; cp info-1.txt info-2.txt');
  await expect(saved, 'without asking for a check').toHaveAttribute('data-state', 'met');
  await expect(saved).toContainText('Met:');

  await page.reload();
  await expect(saved).toHaveAttribute('data-state', 'met');
  await terminals.enter('redis-1');
  await terminals.sees('redis-1', 'cp info-1.txt info-2.txt');

  await page.getByRole('link', { name: 'Redis Clinic' }).click();
  await page.getByRole('link', { name: /^Continue: .*key metrics/i }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'key metrics' })).toBeVisible();
});

test('a lab goes with the learner to another lesson, after a warning, and ends when asked to', async ({ page }) => {
  await openLesson(page, 'key-metrics');
  await page.goto('/lessons/persistence/');
  await expect(page.getByText(/Your lab stands at .*key metrics/i)).toBeVisible();
  await page.getByRole('button', { name: 'Bring it here' }).click();
  const warning = page.getByRole('dialog', { name: 'Bring the lab to this lesson?' });
  await expect(warning).toContainText('your progress is kept');
  await warning.getByRole('button', { name: 'Make it anew' }).click();
  await expect(page.getByText('Your lab stands at')).toBeHidden();
  await expect(page.getByText('Lab ready')).toBeVisible({ timeout: 60_000 });

  await page.locator('lab-menu').getByRole('button', { name: 'Lab' }).click();
  await page.getByRole('button', { name: 'End the lab' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End the lab' }).click();
  await expect(page.getByRole('heading', { name: 'Your lab is not running' })).toBeVisible();
});

test('a block of the text is run by a press on the host that it names', async ({ page }) => {
  await openLesson(page, 'key-metrics');
  const terminals = new TerminalPage(page);
  await terminals.enter('redis-1');
  await page.getByRole('button', { name: 'Run on redis-1' }).first().click();
  await terminals.sees('redis-1', 'maxmemory_policy:');
  await page.keyboard.type('echo typed-on');
  await page.keyboard.press('Enter');
  await terminals.sees('redis-1', /typed-on\s*typed-on/);
});

test('a terminal of a host that went down says so, and starts it', async ({ page }) => {
  await openLesson(page, 'persistence');
  const terminals = new TerminalPage(page);
  await terminals.enter('redis-1');
  await terminals.type('sudo kill -TERM 1');
  await expect(page.getByText('redis-1 is down, and its shells with it.')).toBeVisible();
  await page.getByRole('button', { name: 'Start redis-1' }).click();
  await page.getByRole('button', { name: 'Start again' }).click();
  await terminals.prompts('redis-1');
});

/** Taken only when asked for, so that a run of the tests leaves the repository as it was. */
test('is photographed for the README', async ({ page }) => {
  const file = process.env['CLINIC_SCREENSHOT'];
  test.skip(!file, 'set CLINIC_SCREENSHOT to the file to write');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openLesson(page, 'persistence');
  const terminals = new TerminalPage(page);
  await terminals.enter('redis-1');
  await terminals.type('redis-cli CONFIG SET appendonly yes && redis-cli CONFIG REWRITE');
  await terminals.sees('redis-1', /OK\s*OK\s*learner@redis-1 master:~/);
  await terminals.type('redis-cli INFO persistence | grep aof_');
  await terminals.sees('redis-1', 'aof_enabled:1');
  const step = page.locator('step-checks').first();
  await expect(step.locator('[data-criterion=on]')).toHaveAttribute('data-state', 'met', { timeout: 30_000 });
  await step.evaluate((part) => window.scrollTo(0, part.getBoundingClientRect().top + window.scrollY - 70));
  await page.screenshot({ path: file });
});
