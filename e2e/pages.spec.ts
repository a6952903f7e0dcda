import AxeBuilder from '@axe-core/playwright';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, openLesson, test } from './clinic.ts';

const lesson = '/lessons/key-metrics/';

/** Every page that can be reached by links from the course, and one that is not there. */
async function everyPage(page: Page): Promise<string[]> {
  const found = new Set(['/', '/nowhere/', '/join/', '/instructor/']);
  for (const path of ['/', lesson]) {
    await page.goto(path);
    const links = await page
      .locator('a[href^="/"]')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? '/'));
    for (const link of links) found.add(link);
  }
  return [...found];
}

/** What axe finds, as 'rule: elements'. */
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

test.describe('every page', () => {
  test('is free of accessibility violations in both themes', async ({ page }) => {
    test.slow();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const paths = await everyPage(page);
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page), `${path}, ${colorScheme}`).toEqual([]);
      }
    }
  });

  test('keeps within a narrow phone without scrolling sideways', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of await everyPage(page)) {
      await page.goto(path);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, path).toBeLessThanOrEqual(360);
    }
  });

  test('brings everything from this server', async ({ page, clinic }) => {
    const elsewhere: string[] = [];
    page.on('request', (request) => request.url().startsWith(clinic.url) || elsewhere.push(request.url()));
    for (const path of await everyPage(page)) await page.goto(path);
    expect(elsewhere).toEqual([]);
  });
});

test.describe('a lesson page', () => {
  test('loads at most 20 kB of script before there is a lab, and 150 kB with it', async ({ page }) => {
    const scripts = new Set<string>();
    page.on('request', (request) => request.resourceType() === 'script' && scripts.add(request.url()));
    const weight = async (): Promise<number> => {
      const bodies = await Promise.all([...scripts].map(async (url) => (await page.request.get(url)).body()));
      return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    };
    await page.goto(lesson);
    await expect(page.getByRole('button', { name: 'Start the lab' })).toBeVisible();
    expect(scripts.size).toBeGreaterThan(1);
    expect(await weight()).toBeLessThanOrEqual(20_000);
    await openLesson(page, 'key-metrics');
    await expect(page.locator('lab-terminals .xterm').first()).toBeVisible();
    expect(await weight()).toBeLessThanOrEqual(150_000);
  });

  test('is free of accessibility violations beside a lab, on every tab', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openLesson(page, 'key-metrics');
    await expect(page.locator('lab-terminals .xterm').first()).toBeVisible();
    for (const tab of ['Terminals', 'Picture', 'Timeline', 'Inbox', 'Services', 'Notes']) {
      await page.getByRole('tablist', { name: 'Your lab' }).getByRole('tab', { name: tab }).click();
      expect(await violations(page), tab).toEqual([]);
    }
  });

  test('remembers the theme and the width of the text', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(lesson);
    const surface = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await surface();
    await page.getByRole('button', { name: /light and the dark theme/ }).click();
    const dark = await surface();
    expect(dark).not.toBe(light);
    const divider = page.getByRole('separator', { name: 'Width of the text' });
    await divider.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(divider).toHaveAttribute('aria-valuenow', '50');
    await page.reload();
    expect(await surface()).toBe(dark);
    await expect(divider).toHaveAttribute('aria-valuenow', '50');
  });

  test('is walked by keyboard: past the header, and through the tabs of the lab', async ({ page }) => {
    await page.goto(lesson);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('#main')).toBeFocused();
    const tabs = page.getByRole('tablist', { name: 'Your lab' });
    await tabs.getByRole('tab', { name: 'Terminals' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(tabs.getByRole('tab', { name: 'Picture' })).toBeFocused();
    await expect(page.getByRole('tabpanel', { name: 'Picture' })).toBeVisible();
    await page.keyboard.press('End');
    await expect(page.getByRole('tabpanel', { name: 'Notes' })).toBeVisible();
  });

  test('keeps the letters of its drawings legible on a phone, and the page no wider than it', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(lesson);
    const scales = await page
      .locator('.figure svg')
      .evaluateAll((drawings) =>
        drawings.map(
          (drawing) => drawing.getBoundingClientRect().width / (drawing as SVGSVGElement).viewBox.baseVal.width,
        ),
      );
    expect(scales.length).toBeGreaterThan(0);
    expect(Math.min(...scales)).toBeGreaterThan(0.8);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await violations(page)).toEqual([]);
  });

  test('leads from the text to the lab on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(lesson);
    await page.getByRole('link', { name: 'To the lab' }).click();
    await expect(page.getByRole('tablist', { name: 'Your lab' })).toBeInViewport();
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a lesson is still a text with its definition of done', async ({ page }) => {
    await page.goto(lesson);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[data-criterion]').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Check' })).toHaveCount(0);
    await expect(page.getByText('The lab needs JavaScript')).toBeVisible();
  });
});
