import { expect, test } from './clinic.ts';
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

  await page.screenshot({ path: 'docs/screenshot.png' });
  await page.reload();
  await expect(saved).toHaveAttribute('data-state', 'met');
  await terminals.enter('redis-1');
  await terminals.sees('redis-1', 'cp info-1.txt info-2.txt');

  await page.getByRole('link', { name: 'Redis Clinic' }).click();
  await page.getByRole('link', { name: /^Continue: .*key metrics/i }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'key metrics' })).toBeVisible();
});
