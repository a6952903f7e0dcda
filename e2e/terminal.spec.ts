import AxeBuilder from '@axe-core/playwright';
import { expect, sharedLearner, test, visitLesson } from './clinic.ts';
import { TerminalPage } from './terminal-page.ts';

const lesson = 'sentinel';

test.describe('the terminals of a lab', () => {
  let terminals: TerminalPage;

  // One learner with one lab for all tests; each test starts with shells of its own.
  test.use({ storageState: async ({ clinic }, use) => use(await sharedLearner(clinic, 'terminals', lesson)) });

  test.beforeEach(async ({ page }) => {
    terminals = new TerminalPage(page);
    await terminals.renew();
    await visitLesson(page, lesson);
    await terminals.enter('redis-1');
  });

  test('has a tab for each host, with a prompt, and shows what is typed', async () => {
    await expect(terminals.tabs).toHaveText(['redis-1', 'redis-2', 'redis-3']);
    await terminals.type('echo one-$((40+2))');
    await terminals.sees('redis-1', 'one-42');
    await terminals.enter('redis-2');
    await terminals.type('hostname');
    await terminals.sees('redis-2', /hostname\s*redis-2/);
  });

  test('comes back after a reload to the same shell and screen', async ({ page }) => {
    await terminals.type('kept=treasure; echo before-$kept');
    await terminals.sees('redis-1', 'before-treasure');
    await visitLesson(page, lesson);
    await terminals.enter('redis-1');
    await terminals.sees('redis-1', 'before-treasure');
    await terminals.type('echo after-$kept');
    await terminals.sees('redis-1', 'after-treasure');
  });

  test('shows wide letters, emoji and marks on the same cells after a reload', async ({ page }) => {
    await terminals.type("printf '%b' '\\u8a9e|\\U1f600|e\\u0301|\\U1f44d\\U1f3fd|end\\n'");
    await terminals.sees('redis-1', /語\|😀\|e\u0301\|👍🏽\|end/);
    const end = async () => {
      const row = terminals.screen('redis-1').locator('> div', { hasText: /^語/ });
      return row.evaluate((line) => {
        const text = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        while (text.nextNode()) range.selectNodeContents(text.currentNode);
        return { text: line.textContent, right: range.getBoundingClientRect().right };
      });
    };
    const before = await end();
    await visitLesson(page, lesson);
    await terminals.enter('redis-1');
    expect(await end()).toEqual(before);
  });

  test('is joined by a second page, and both see both', async ({ page, context }) => {
    const second = await context.newPage();
    await visitLesson(second, lesson);
    const there = new TerminalPage(second);
    await there.enter('redis-1');
    await there.type('echo from-the-second');
    await terminals.sees('redis-1', 'from-the-second');
    await page.bringToFront();
    await terminals.click('redis-1');
    await terminals.type('echo from-the-first');
    await there.sees('redis-1', 'from-the-first');
    await second.close();
  });

  test('interrupts an endless output with Ctrl-C', async ({ page }) => {
    await terminals.type('yes');
    await terminals.sees('redis-1', /y\s*y\s*y\s*y/);
    await page.keyboard.press('Control+c');
    await terminals.sees('redis-1', /\^C\s*learner@redis-1/);
    await terminals.type('echo alive-again');
    await terminals.sees('redis-1', 'alive-again');
  });

  test('types the command of a Run button once and takes the focus', async ({ page }) => {
    const run = { host: 'redis-2', command: 'echo "run once"\necho "and twice"' };
    await page.evaluate((detail) => document.dispatchEvent(new CustomEvent('clinic:run', { detail })), run);
    await terminals.sees('redis-2', /run once\s*and twice\s*learner@redis-2/);
    expect(await terminals.count('redis-2', 'echo "run once"')).toBe(1);
    await terminals.type('echo focus-is-here');
    await terminals.sees('redis-2', /focus-is-here\s*focus-is-here|focus-is-here\s+learner/);
  });

  test('shows two terminals side by side', async ({ page }) => {
    await page.getByRole('button', { name: 'Two terminals side by side' }).click();
    await expect(terminals.panes).toHaveCount(2);
    await terminals.click('redis-2');
    await terminals.type('echo right-hand');
    await terminals.sees('redis-2', 'right-hand');
    await expect(page.getByRole('tab', { name: 'redis-2' })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('button', { name: 'Two terminals side by side' }).click();
    await expect(terminals.panes).toHaveCount(1);
  });

  test('opens one more on demand, and closes it', async ({ page }) => {
    await page.getByRole('button', { name: 'New terminal' }).click();
    await page.getByRole('menuitem', { name: 'redis-3' }).click();
    await expect(terminals.tabs).toHaveText(['redis-1', 'redis-2', 'redis-3', 'redis-3 (2)']);
    await terminals.sees('redis-3', 'learner@redis-3');
    await terminals.type('tty; echo here');
    await terminals.sees('redis-3', /\/dev\/pts\/\d+\s*here/);
    await page.keyboard.press('F6');
    await expect(page.getByRole('tab', { name: 'redis-3 (2)' })).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(terminals.tabs).toHaveText(['redis-1', 'redis-2', 'redis-3']);
  });

  test('is left and entered by keyboard', async ({ page }) => {
    await page.keyboard.press('F6');
    await expect(page.getByRole('tab', { name: 'redis-1' })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'redis-2' })).toBeFocused();
    await terminals.sees('redis-2', 'learner@redis-2');
    await page.keyboard.press('Enter');
    await terminals.type('echo by-keyboard');
    await terminals.sees('redis-2', 'by-keyboard');
    await page.getByRole('tab', { name: 'Timeline' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('F6');
    await terminals.type('echo again');
    await terminals.sees('redis-2', /again\s*again/);
  });

  test('leaves "?" to the shell; elsewhere it opens the list of keys, and Escape leads back', async ({ page }) => {
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await terminals.type('echo really?');
    await terminals.sees('redis-1', /really\?\s*really\?/);
    await expect(list).toBeHidden();
    await page.keyboard.press('F6');
    await page.keyboard.press('?');
    await expect(list).toBeVisible();
    await expect(list).toContainText('Check the step at hand');
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
    expect(violations).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(page.getByRole('tab', { name: 'redis-1', exact: true })).toBeFocused();
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await list.getByRole('button', { name: 'Close' }).click();
    await expect(list).toBeHidden();
  });

  test('finds what was shown', async ({ page }) => {
    await terminals.type('seq 500');
    await terminals.sees('redis-1', /499\s*500\s*learner/);
    await page.keyboard.press('Control+Shift+F');
    await page.getByRole('searchbox', { name: 'Search in this terminal' }).fill('237');
    await terminals.sees('redis-1', '237');
    await expect(page.getByText('1 of 1', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await terminals.type('echo back');
    await terminals.sees('redis-1', 'back');
  });

  test('copies and pastes by keys and by menu', async ({ page }) => {
    await page.evaluate(() => navigator.clipboard.writeText('echo pasted-by-key'));
    await page.keyboard.press('Control+Shift+V');
    await page.keyboard.press('Enter');
    await terminals.sees('redis-1', /pasted-by-key\s*pasted-by-key/);
    await page.evaluate(() => navigator.clipboard.writeText('echo pasted-by-menu'));
    await terminals.click('redis-1', 'right');
    await page.getByRole('menuitem', { name: 'Paste' }).click();
    await terminals.sees('redis-1', 'echo pasted-by-menu');
    await page.keyboard.press('Enter');
    await terminals.sees('redis-1', /pasted-by-menu\s*pasted-by-menu/);
    await terminals.click('redis-1', 'right');
    await page.getByRole('menuitem', { name: 'Select all' }).click();
    await page.keyboard.press('Control+Shift+C');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('pasted-by-menu');
  });

  test('offers a new shell when the shell has ended', async ({ page }) => {
    await terminals.type('exit 3');
    await expect(page.getByText('The shell has ended with status 3.')).toBeVisible();
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(page.getByText('The shell has ended')).toBeHidden();
    await terminals.type('echo a-new-shell');
    await terminals.sees('redis-1', /a-new-shell\s*a-new-shell|a-new-shell\s+learner/);
  });

  test('follows the theme of the page and remembers the size of its letters', async ({ page }) => {
    const background = () =>
      page
        .locator('.terminal-pane:visible .xterm-scrollable-element')
        .evaluate((frame) => getComputedStyle(frame).backgroundColor);
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
    const light = await background();
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
    await expect.poll(background).not.toBe(light);
    const size = () => terminals.screen('redis-1').evaluate((rows) => getComputedStyle(rows).fontSize);
    const before = Number.parseFloat(await size());
    await page.getByRole('button', { name: 'Terminal settings' }).click();
    await page.getByRole('menuitem', { name: 'Larger letters' }).click();
    await expect.poll(async () => Number.parseFloat(await size())).toBe(before + 1);
    await visitLesson(page, lesson);
    await terminals.enter('redis-1');
    expect(Number.parseFloat(await size())).toBe(before + 1);
  });

  test('says that the line is lost, sends no key twice, and goes on by itself', async ({ page, clinic }) => {
    await clinic.kill();
    await expect(page.getByText('The connection is lost.')).toBeVisible();
    await terminals.type('echo typed-into-the-void');
    await clinic.start();
    // The shells went with the server; the page gets new ones, and the focus is where it was.
    await terminals.prompts('redis-1');
    await terminals.type('echo line-is-back');
    await terminals.sees('redis-1', 'line-is-back');
    expect(await terminals.count('redis-1', 'void')).toBe(0);
  });
});
