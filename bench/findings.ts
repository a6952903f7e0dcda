/** From the Enter of a command to what the check found on the page: real browser, real lab, the checks of a trio. */
import { chromium, type Page } from '@playwright/test';
import { setTimeout as pause } from 'node:timers/promises';
import type { LabView } from '#shared/wire.ts';
import { startServer } from '../e2e/server.ts';
import { TerminalPage } from '../e2e/terminal-page.ts';
import { bounded, milliseconds, say, type Figure } from './figures.ts';

const lessons = ['redis-environment', 'manual-recovery', 'sentinel'];
const commands = 20;

declare global {
  interface Window {
    /** What the page heard and when: set up below, before its own scripts. */
    benchHeard: { readonly what: string; readonly at: number }[];
  }
}

export async function* findings(): AsyncGenerator<Figure> {
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
  try {
    for (const lesson of lessons) {
      const what = `command's end → finding on the page, ${lesson}`;
      yield bounded(what, 4, async () => {
        const context = await browser.newContext({ baseURL: server.url });
        try {
          const times = await timesAt(await context.newPage(), lesson);
          return {
            what,
            figure: milliseconds(times.fromEnd),
            beside: `from the Enter: ${milliseconds(times.fromKey)}; aim: at most 500 ms`,
          };
        } finally {
          // What went wrong before is the news, not that the browser is gone.
          await context.request.delete('/api/lab').catch(() => undefined);
          await context.close().catch(() => undefined);
        }
      });
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function timesAt(page: Page, lesson: string) {
  await page.addInitScript(listenIn);
  await page.request.get('/api/me');
  const made = await page.request.post('/api/lab', { data: { lesson } });
  if (!made.ok()) throw new Error(await made.text());
  say(`${lesson}: waiting for the lab`);
  const lab = async () => ((await (await page.request.get('/api/me')).json()) as { lab: LabView }).lab;
  for (let now = await lab(); now.state !== 'ready'; now = await lab()) {
    if (now.state === 'broken') throw new Error(now.trouble);
    await pause(200);
  }
  say(`${lesson}: ${commands} commands`);
  await page.goto(`/lessons/${lesson}/`);
  const terminals = new TerminalPage(page);
  await terminals.enter('redis-1');
  await terminals.click('redis-1');
  const fromKey: number[] = [];
  const fromEnd: number[] = [];
  for (let turn = 0; turn < commands; turn += 1) {
    // What the lab itself brings about is over.
    await pause(1_500);
    await page.evaluate(() => (window.benchHeard = []));
    await page.keyboard.type('true');
    await page.keyboard.press('Enter');
    const seen = await page.waitForFunction(firstFinding, undefined, { polling: 20, timeout: 30_000 });
    const { key, end, shown } = (await seen.jsonValue()) as { key: number; end: number; shown: number };
    fromKey.push(shown - key);
    fromEnd.push(shown - end);
  }
  return { fromKey, fromEnd };
}

/** Runs in the page: notes Enter, the shell's mark of a command's end, and findings once they are painted. */
function listenIn(): void {
  window.benchHeard = [];
  const note = (what: string) => window.benchHeard.push({ what, at: performance.now() });
  document.addEventListener('keydown', ({ key }) => key === 'Enter' && note('key'), { capture: true });
  const hear = ({ data }: MessageEvent) => {
    if (data instanceof ArrayBuffer) {
      if (new TextDecoder().decode(data).includes('\u001b]133;D')) note('end');
      return;
    }
    const { type } = JSON.parse(String(data)) as { type: string };
    if (type === 'checking') note('checking');
    // After the page's own listeners, and after the next paint.
    if (type === 'verdict') requestAnimationFrame(() => setTimeout(() => note('shown')));
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', hear);
    }
  };
}

/** Runs in the page: the first finding of a check that began after the command's end. */
function firstFinding(): { key: number; end: number; shown: number } | undefined {
  const heard = window.benchHeard;
  const at = (what: string, since: number) => heard.find((each) => each.what === what && each.at >= since)?.at;
  const key = at('key', 0);
  const end = key === undefined ? undefined : at('end', key);
  // The server hears of the end before the page does.
  const checking = key === undefined ? undefined : at('checking', key);
  const shown = checking === undefined ? undefined : at('shown', checking);
  return key === undefined || end === undefined || shown === undefined ? undefined : { key, end, shown };
}
