/** What must be true of every lesson before any lab is made: its parts are there and name each other rightly. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadLessons } from '#checking/catalogue.ts';
import { readStepScripts } from '../src/authoring/script.ts';

const { lessons, broken } = await loadLessons();

test('no lesson is broken, and every step is named once', () => {
  expect(broken).toEqual([]);
  const steps = lessons.flatMap(({ lesson }) => lesson.steps.map(({ checker }) => checker.step));
  expect(steps.length).toBe(new Set(steps).size);
});

describe.each(lessons)('$folder', ({ lesson, path }) => {
  const steps = lesson.steps.map((step) => ({ ...step, id: step.checker.step.slice(lesson.slug.length + 1) }));

  test('the prose has its steps, in their order', async () => {
    const prose = await readFile(join(path, 'index.mdx'), 'utf8');
    expect([...prose.matchAll(/<Step id="([^"]+)"/g)].map(([, id]) => id)).toEqual(steps.map(({ id }) => id));
    expect(prose).toContain('## What you can do now');
  });

  test.each(steps)(
    '$id has three to eight criteria, an undo, and at least two wrong ways with a message',
    async (step) => {
      const ids = step.checker.criteria.map(({ id }) => id);
      expect(ids.length).toBeGreaterThanOrEqual(3);
      expect(ids.length).toBeLessThanOrEqual(8);
      const { undo, wrong } = await readStepScripts(path, step.id);
      expect(undo, 'undo.sh').toBeDefined();
      expect(wrong.length).toBeGreaterThanOrEqual(2);
      for (const script of wrong) {
        expect(script.expects.length, `${script.path} has no "# expect: "`).toBeGreaterThan(0);
        for (const { criterion } of script.expects) expect(ids, script.path).toContain(criterion);
      }
    },
  );

  test.each(steps)('every question of $id is answered by its solution', async ({ id, questions = [] }) => {
    const { solution } = await readStepScripts(path, id);
    const answered = new Set([...solution.text.matchAll(/\banswer ([a-z]\S*)/g)].map(([, question]) => question));
    expect([...answered].toSorted()).toEqual(questions.map((question) => question.id).toSorted());
  });
});
