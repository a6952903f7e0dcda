/** The terminals as a learner sees them. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { TerminalView } from '#shared/wire.ts';

const hosts = ['redis-1', 'redis-2', 'redis-3'];

export class TerminalPage {
  readonly #page: Page;
  /** The panes on show. */
  readonly panes: Locator;
  readonly tabs: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.panes = page.locator('.terminal-pane:visible');
    this.tabs = page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab');
  }

  /** The letters of a pane's screen. */
  screen(host: string): Locator {
    return this.#page.locator(`.terminal-pane:visible[data-host="${host}"] .xterm-rows`);
  }

  /** Ends every shell of the learner, once those are there that are opened ahead, and opens one on each host. */
  async renew(): Promise<void> {
    const { request } = this.#page;
    const list = async () => (await (await request.get('/api/lab/terminals')).json()) as TerminalView[];
    await expect.poll(async () => (await list()).length).toBeGreaterThanOrEqual(hosts.length);
    for (const { id } of await list()) await request.delete(`/api/lab/terminals/${id}`);
    for (const host of hosts) await request.post('/api/lab/terminals', { data: { host } });
  }

  /** Brings a host's terminal up and waits for its prompt. */
  async enter(host: string): Promise<void> {
    await this.tabs.filter({ hasText: new RegExp(`^${host}$`) }).click();
    await this.prompts(host);
  }

  /** Waits until the host's terminal is connected and shows a prompt. */
  async prompts(host: string): Promise<void> {
    await expect(this.#page.locator(`.terminal-pane:visible[data-host="${host}"]`)).toHaveAttribute(
      'data-state',
      'connected',
    );
    await this.sees(host, new RegExp(`learner@${host}`));
  }

  async click(host: string, button: 'left' | 'right' = 'left'): Promise<void> {
    await this.#page.locator(`.terminal-pane:visible[data-host="${host}"] .xterm-screen`).click({ button });
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
    await this.#page.keyboard.press('Enter');
  }

  async sees(host: string, text: RegExp | string): Promise<void> {
    await expect(this.screen(host)).toContainText(text);
  }

  /** How often a text stands on the screen. */
  async count(host: string, text: string): Promise<number> {
    return ((await this.screen(host).innerText()).match(new RegExp(text, 'g')) ?? []).length;
  }
}
