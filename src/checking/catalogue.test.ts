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
    { minutes: 1, checker: { step: '${slug}/one', collect: async () => null, criteria: [{ id: 'a', asks: 'It is.', judge: () => null }] } }], ${rest} };`;

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

test('what a step, a checker or a question lacks is said with the step and the field', async () => {
  const { broken } = await lessonsWith({
    '01-bare': `export default { slug: 'bare', topology: 'single', prepare: async () => {}, steps: [
      { minutes: 1, checker: undefined },
      { minutes: 'two', checker: { step: 'bare/one', criteria: [{ id: 'a' }, { id: 'a', asks: 'A', judge: () => null }] } },
      { minutes: 2, checker: { step: 'bear/one', collect: async () => null, criteria: [] },
        questions: [{ id: 'q', asks: 'Q' }, { id: 'q' }] } ] };`,
  });
  expect(broken[0]?.trouble.split('\n').map((line) => line.replace('lessons/01-bare/lesson.ts: ', ''))).toEqual([
    'steps[0].checker is missing; write what checkers/bare.ts exports',
    'bare/one: minutes is two; write a whole number',
    'bare/one: collect is missing; write `collect: async (probe) => ({ … })`',
    'bare/one: the criterion "a" has no asks, the sentence that the learner reads',
    'bare/one: the criterion "a" has no judge; write `judge: (seen) => …`',
    'bare/one: two criteria are called "a"',
    `bear/one: the checker's step is "bear/one"; it must be "bare/<step>"`,
    'bear/one: two questions are called "q"',
    'bear/one: the question "q" has no asks, the sentence that the learner reads',
    'bear/one: criteria is empty; a step has at least one',
  ]);
});
