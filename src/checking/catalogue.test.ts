import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadLessons } from './catalogue.ts';

async function lessonsWith(files: Readonly<Record<string, string>>) {
  const root = await mkdtemp(join(tmpdir(), 'lessons-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [folder, text] of Object.entries(files)) {
    await mkdir(join(root, folder));
    await writeFile(join(root, folder, 'lesson.ts'), text);
  }
  return loadLessons({ root });
}

const lesson = (slug: string, rest = '') =>
  `export default { slug: '${slug}', topology: 'single', prepare: async () => {}, steps: [
    { minutes: 1, checker: { step: '${slug}/one', collect: async () => null, criteria: [{ id: 'a', asks: '' }] } }], ${rest} };`;

test('a broken lesson is named with what is wrong, and the others load in order', async () => {
  const { lessons, broken } = await lessonsWith({
    '02-second': lesson('second'),
    '01-first': lesson('first'),
    '03-misnamed': lesson('other'),
    '04-thrown': `throw new Error('no such thing');`,
    '05-empty': 'export const x = 1;',
    '06-nowhere': lesson('nowhere', `topology: 'quartet'`),
    notes: 'not a lesson',
  });
  expect(lessons.map(({ order, lesson: { slug } }) => [order, slug])).toEqual([
    [1, 'first'],
    [2, 'second'],
  ]);
  expect(broken.map(({ folder }) => folder)).toEqual(['03-misnamed', '04-thrown', '05-empty', '06-nowhere']);
  const [misnamed, thrown, empty, nowhere] = broken.map(({ trouble }) => trouble);
  expect(misnamed).toContain('lessons/03-misnamed/lesson.ts: slug is "other", but the folder says "misnamed"');
  expect(thrown).toContain('no such thing');
  expect(empty).toContain('has no default export');
  expect(nowhere).toContain('topology is "quartet"; known are single,');
});

test('a criterion may only need an earlier one', async () => {
  const { broken } = await lessonsWith({
    '01-needy': lesson('needy').replace(`id: 'a',`, `id: 'a', needs: ['b'],`),
  });
  expect(broken[0]?.trouble).toContain('needy/one: "a" needs "b", which is no earlier criterion');
});
