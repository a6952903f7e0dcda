/** A lesson with wrong front matter stops the build, and the author is told where and what. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..');
let site: string;

beforeAll(async () => {
  // Inside the repository, so that the packages are found.
  await mkdir(join(repository, 'test-results'), { recursive: true });
  site = await mkdtemp(join(repository, 'test-results', 'site-'));
  await mkdir(join(site, 'src/pages'), { recursive: true });
  await mkdir(join(site, 'lessons/01-broken'), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json', 'astro.config.mjs', 'src/content.config.ts'])
    await copyFile(join(repository, file), join(site, file));
});
afterAll(() => rm(site, { recursive: true, force: true }));

async function build(frontMatter: string): Promise<{ code: unknown; said: string }> {
  await writeFile(join(site, 'lessons/01-broken/index.mdx'), `---\n${frontMatter}\n---\nText\n`);
  const astro = spawn(join(repository, 'node_modules/.bin/astro'), ['sync', '--root', site], {
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
  });
  const [code, out, trouble] = await Promise.all([
    new Promise((resolve) => astro.on('close', resolve)),
    text(astro.stdout),
    text(astro.stderr),
  ]);
  return { code, said: out + trouble };
}

const whole = ['title: Broken', 'summary: A lesson that is broken', 'kind: principle', 'order: 1', 'minutes: 5'];

test.each([
  { what: 'a missing field', lines: whole.filter((line) => !line.startsWith('summary')), field: 'summary' },
  { what: 'a misspelt field', lines: [...whole, 'minuts: 5'], field: 'minuts' },
])('$what stops the build, naming file and field', { timeout: 60_000 }, async ({ lines, field }) => {
  const { code, said } = await build(lines.join('\n'));
  expect(code).not.toBe(0);
  expect(said).toContain('lessons/01-broken/index.mdx');
  expect(said).toContain(field);
});
