/** Checkers run in the server: neither how they judge nor what solves a step is in what a browser can have. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLessons } from '#checking/catalogue.ts';
import { expect, test } from './clinic.ts';
import { ofCheckers, ofSolutions, saidToAll, type Secret } from './secrets.ts';

const built = process.env['PAGES_DIR'] ?? join(import.meta.dirname, '../dist');
/** As the server serves them: everything in the folder, what is compressed ahead aside. */
const served = () =>
  globSync('**/*.{html,js,css,json,svg,xml,txt,map}', { cwd: built }).map((path) => ({
    path,
    text: plain(readFileSync(join(built, path), 'utf8')),
  }));

/**
 * The letters as they were written: as they stand, without the escapes of scripts, without the marks and escapes of pages.
 * A space that holds a number to its unit is a space.
 */
const plain = (text: string): string =>
  [text, unescaped(text), unescaped(text.replaceAll(/<[^>]+>/g, ''))].join('\n').replaceAll('\u00a0', ' ');

const unescaped = (text: string): string =>
  Object.entries({
    '&#39;': "'",
    '&quot;': '"',
    '&lt;': '<',
    '&gt;': '>',
    '&amp;': '&',
    '\\n': '\n',
    '\\"': '"',
  }).reduce((so, [escape, letter]) => so.replaceAll(escape, letter), text);

const found = (secrets: readonly Secret[], texts: readonly { readonly path: string; readonly text: string }[]) =>
  secrets.flatMap(({ text, from }) =>
    texts.filter((each) => each.text.includes(text)).map(({ path }) => `${path} has "${text}" of ${from}`),
  );

test('the built pages and scripts hold no part of a checker, and no solution', async () => {
  const publicText = await saidToAll();
  const secrets = [...ofCheckers(publicText), ...ofSolutions(publicText)];
  expect(new Set(secrets.map(({ from }) => from.split('/')[0]))).toEqual(new Set(['checkers', 'lessons']));
  expect(secrets.length).toBeGreaterThan(500);
  const pages = served();
  // That the search finds what is there: the sentence of every criterion is on its lesson's page.
  const { lessons } = await loadLessons();
  for (const { lesson } of lessons) {
    const page = pages.find(({ path }) => path === `lessons/${lesson.slug}/index.html`);
    const asked = lesson.steps.flatMap(({ checker }) => checker.criteria.map(({ asks }) => asks));
    for (const asks of asked) expect(page?.text, lesson.slug).toContain(asks);
  }
  expect(found(secrets, pages)).toEqual([]);
});

test('a question is sent without anything that marks its right answer', async () => {
  const { lessons } = await loadLessons();
  const questions = lessons.flatMap(({ lesson }) => lesson.steps.flatMap((step) => step.questions ?? []));
  expect(questions.length).toBeGreaterThan(10);
  for (const { id, asks, unit, choices, ...rest } of questions) {
    expect([id, asks, unit, rest]).toEqual([expect.any(String), expect.any(String), unit, {}]);
    for (const choice of choices ?? []) expect(Object.keys(choice).toSorted()).toEqual(['text', 'value']);
  }
});

test('the server hands out no source, whatever the path', async ({ request }) => {
  const sources = globSync('{checkers/*.ts,lessons/*/lesson.ts,lessons/*/steps/**/*.sh,src/server/*.ts}', {
    cwd: join(import.meta.dirname, '..'),
  });
  expect(sources.length).toBeGreaterThan(50);
  for (const path of ['package.json', ...sources]) {
    for (const address of [`/${path}`, `/${path}?raw`, `/@fs/${path}`, `/_astro/..%2f..%2f${path}`]) {
      expect((await request.get(address)).status(), address).toBeGreaterThanOrEqual(400);
    }
  }
});

test('a solution comes when it is asked for, and that is recorded first', async ({ page }) => {
  const secrets = ofSolutions(await saidToAll()).filter(({ from }) =>
    from.endsWith('01-key-metrics/steps/read/solution.sh'),
  );
  expect(secrets.length).toBeGreaterThan(0);
  const came: { readonly path: string; readonly text: string }[] = [];
  const reading: Promise<unknown>[] = [];
  page.on('response', (response) => {
    if (!response.ok()) return;
    const read = response.text().then(
      (text) => came.push({ path: response.url(), text: plain(text) }),
      () => undefined,
    );
    reading.push(read);
  });
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => came.push({ path: socket.url(), text: plain(String(payload)) })),
  );
  await page.goto('/lessons/key-metrics/');
  await expect(page.locator('step-checks [data-solution]').first()).toBeEnabled();
  await page.waitForLoadState('networkidle');
  await Promise.all(reading);
  expect(came.length).toBeGreaterThan(5);
  expect(found(secrets, came)).toEqual([]);

  const step = page.locator('step-checks[data-step="key-metrics/read"]');
  const asked: string[] = [];
  page.on('request', (request) => request.url().endsWith('/solution') && asked.push(request.url()));
  await step.getByRole('button', { name: 'Show the solution' }).click();
  await expect(step.getByLabel('Solution')).toContainText('answer busiest');
  expect(asked).toHaveLength(1);
  const { progress } = (await (await page.request.get('/api/me')).json()) as {
    progress: readonly { readonly step: string; readonly solutionSeen: boolean }[];
  };
  expect(progress.filter(({ solutionSeen }) => solutionSeen).map(({ step }) => step)).toEqual(['key-metrics/read']);
  await Promise.all(reading);
  expect(found(secrets, came), 'the search finds it where it is').not.toEqual([]);
});
