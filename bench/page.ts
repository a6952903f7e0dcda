/** What a lesson page makes a browser fetch, before and after the terminals are there. */
import { chromium, type Page } from '@playwright/test';
import { startServer } from '../e2e/server.ts';
import type { Figure } from './figures.ts';

const lesson = 'redis-environment';

export async function* page(): AsyncGenerator<Figure> {
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
  try {
    const reader = await (await browser.newContext({ baseURL: server.url })).newPage();
    const fetched = scriptsOf(reader);
    await reader.goto(`/lessons/${lesson}/`, { waitUntil: 'networkidle' });
    const before = await fetched.bytes();
    await reader.request.post('/api/lab', { data: { lesson } });
    await reader.locator('.xterm').first().waitFor({ timeout: 60_000 });
    await reader.waitForLoadState('networkidle');
    yield { what: 'script of a lesson page before the lab', figure: kB(before), beside: 'aim: at most 20 kB' };
    yield { what: 'script with the terminals', figure: kB(await fetched.bytes()), beside: 'aim: at most 150 kB' };
    yield { what: 'requests to another origin', figure: String(fetched.foreign()), beside: 'aim: 0' };
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Bytes of scripts as they came over the wire (compressed), and how many requests left the course's origin. */
function scriptsOf(reader: Page) {
  const sizes: Promise<number>[] = [];
  const origins = new Set<string>();
  let foreign = 0;
  reader.on('request', (request) => {
    const { origin } = new URL(request.url());
    origins.add(origin);
    if (origins.size > 1 && origin !== [...origins][0]) foreign += 1;
  });
  reader.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  return { bytes: async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0), foreign: () => foreign };
}

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
