/** What must be true of every lesson before any lab is made: its parts are there and name each other rightly. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadLessons } from '#checking/catalogue.ts';
import { judge } from '#checking/judge.ts';
import type { CheckEvidence } from '#checking/judge.ts';
import { brokenRules } from '../src/authoring/rules.ts';
import { readStepScripts } from '../src/authoring/script.ts';

const root = join(import.meta.dirname, '..');
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

  test.each(steps)('$id has what a step must have', async (step) => {
    expect(brokenRules(step, await readStepScripts(path, step.id))).toEqual([]);
  });

  const recorded = (id: string) => join(root, 'checkers/evidence', lesson.slug, `${id}.solution.json`);
  const choosing = steps.filter(
    ({ id, questions = [] }) => questions.some(({ choices }) => choices) && existsSync(recorded(id)),
  );
  test.runIf(choosing.length > 0).each(choosing)(
    'who chooses wrongly in $id reads what is wrong with that choice',
    async ({ id, checker, questions = [] }) => {
      const { evidence } = JSON.parse(await readFile(recorded(id), 'utf8')) as { evidence: CheckEvidence };
      const looked = evidence.looked as { answers: Readonly<Record<string, string>> };
      const told = (answers: Readonly<Record<string, string>>) =>
        judge(checker, { ...evidence, looked: { ...looked, answers } }).flatMap(({ state, seen }) =>
          state === 'unmet' ? [seen] : [],
        );
      expect(told(looked.answers)).toEqual([]);
      for (const { id: question, choices = [] } of questions) {
        const wrong = choices.filter(({ value }) => value !== looked.answers[question]);
        for (const { value } of wrong) {
          const said = told({ ...looked.answers, [question]: value });
          expect(said, `${question}: ${value}`).toHaveLength(1);
          expect(said[0], `${question}: ${value}`).not.toMatch(/is not right|is not it/);
        }
      }
    },
  );
});
