/** The whole project as a learner does it: the six steps in a row, by the Run buttons of the text, until all is green. */
import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test, visitLesson } from './clinic.ts';
import { TerminalPage } from './terminal-page.ts';

const root = join(import.meta.dirname, '..');
const project = [
  'redis-environment',
  'monitoring',
  'critical-alerts',
  'sentinel-failover',
  'manual-failover',
  'crash-recovery',
];
/** Blocks that a learner looks at and leaves: they do not end by themselves. */
const endless = /\btail -[fF]\b|^\s*(less|watch|nano|man) |journalctl .*-f/m;
/** Longest that one block takes: a failover to wait for, an alert to fire. */
const blockTime = 120_000;
/** Longest that one check takes with its drills. */
const checkTime = 150_000;

/** What the learner reads off and types into the fields: the commands after `# answers` in the step's solution. */
function answersOf(step: string): { readonly host: string; readonly commands: string } | undefined {
  const [lesson = '', name = ''] = step.split('/');
  const [file] = globSync(`lessons/*-${lesson}/steps/${name}/solution.sh`, { cwd: root });
  const text = readFileSync(join(root, file ?? ''), 'utf8');
  const commands = text.split(/^# answers$/m)[1]?.trim();
  return commands === undefined ? undefined : { host: /^# host: (\S+)/m.exec(text)?.[1] ?? 'redis-1', commands };
}

class Course {
  readonly #page: Page;
  readonly #terminals: TerminalPage;

  constructor(page: Page) {
    this.#page = page;
    this.#terminals = new TerminalPage(page);
  }

  async enter(lesson: string): Promise<void> {
    const made = await this.#page.request.post('/api/lab', { data: { lesson, reset: true } });
    expect(made.ok(), await made.text()).toBe(true);
    const lab = async () =>
      ((await (await this.#page.request.get('/api/me')).json()) as { lab: { state: string; lesson?: string } }).lab;
    await expect.poll(lab, { timeout: 90_000 }).toMatchObject({ state: 'ready', lesson });
    await visitLesson(this.#page, lesson);
  }

  /** Presses the block's button and waits until the shell has come to its end. */
  async run(button: Locator): Promise<void> {
    const host = (await button.getAttribute('data-run')) ?? '';
    await this.#terminals.enter(host);
    await this.#untilPrompt(host, () => button.click());
  }

  async answer(step: string): Promise<void> {
    const answers = answersOf(step);
    if (!answers) return;
    await this.#terminals.enter(answers.host);
    await this.#untilPrompt(answers.host, () => this.#terminals.type('clear; answer() { echo "[$1=$2]"; }'));
    for (const line of answers.commands.split('\n'))
      await this.#untilPrompt(answers.host, () => this.#terminals.type(line));
    const screen = await this.#terminals.screen(answers.host).innerText();
    const [, name = ''] = step.split('/');
    for (const [, question = '', value = ''] of screen.matchAll(/^\[([\w-]+)=(.*)\]\s*$/gm)) {
      const field = this.#page.locator(`#${name}`).locator(`[data-question="${question}"]`);
      if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
      await field.blur();
    }
  }

  /** Does what makes the shell work, and waits until it asks for the next command. */
  async #untilPrompt(host: string, work: () => Promise<void>): Promise<void> {
    const screen = this.#terminals.screen(host);
    const before = await screen.innerText();
    await work();
    await expect(screen).not.toHaveText(before.trimEnd(), { useInnerText: true });
    const last = async () => (await screen.innerText()).trimEnd().split('\n').at(-1);
    await expect.poll(last, { timeout: blockTime }).toMatch(new RegExp(`learner@${host}[^$]*\\$$`));
  }
}

test.describe.serial('the six project steps in a row', () => {
  let page: Page;
  test.beforeAll(async ({ browser, clinic }) => {
    page = await (await browser.newContext({ baseURL: clinic.url })).newPage();
    await page.request.get('/api/me');
  });
  test.afterAll(() => page.context().close());

  for (const lesson of project) {
    test(`${lesson} is green at its end`, async () => {
      test.setTimeout(360_000);
      const course = new Course(page);
      await course.enter(lesson);
      for (const section of await page.locator('section.step').all()) {
        const step = (await section.locator('step-checks').getAttribute('data-step')) ?? '';
        for (const block of await section.locator('[data-code]:has([data-run])').all()) {
          if (endless.test(await block.locator('pre').innerText())) continue;
          for (const button of await block.locator('button[data-run]').all()) await course.run(button);
        }
        await course.answer(step);
        const checks = section.locator('step-checks');
        await checks.getByRole('button', { name: 'Check', exact: true }).click();
        await expect(checks.locator('[data-say=met]'), `${step} is done`).toBeVisible({ timeout: checkTime });
        await expect(section).toHaveAttribute('data-progress', 'done');
      }
    });
  }

  test('the course says so on its first page', async () => {
    await page.goto('/');
    for (const lesson of project)
      await expect(page.locator(`a[href="/lessons/${lesson}/"] .path-state`).first()).toContainText('Done');
  });
});
