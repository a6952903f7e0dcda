import { mkdtemp, mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeLesson } from './make-lesson.ts';
import { readStepScripts } from './script.ts';

async function emptyCourse() {
  const root = await mkdtemp(join(tmpdir(), 'course-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'lessons/11-last'), { recursive: true });
  await mkdir(join(root, 'checkers'));
  vi.spyOn(console, 'log').mockReturnValue();
  return { lessons: join(root, 'lessons'), checkers: join(root, 'checkers') };
}

test('the skeleton is a whole lesson with the next number', async () => {
  const { lessons, checkers } = await emptyCourse();
  expect(await makeLesson(['slow-commands'], lessons, checkers)).toBe(0);
  const folder = join(lessons, '12-slow-commands');
  const prose = await readFile(join(folder, 'index.mdx'), 'utf8');
  expect(prose).toContain('order: 12');
  expect(prose).toContain('<Step id="greet">');
  expect(await readFile(join(folder, 'lesson.ts'), 'utf8')).toContain(`slug: 'slow-commands'`);
  expect(await readFile(join(checkers, 'slow-commands.ts'), 'utf8')).toContain(`step: 'slow-commands/greet'`);
  const { wrong, undo } = await readStepScripts(folder, 'greet');
  expect([wrong.length, undo?.expects.length]).toEqual([2, 1]);
});

test('a name that is taken or cannot be one is refused, with the reason', async () => {
  const { lessons, checkers } = await emptyCourse();
  await expect(makeLesson(['last'], lessons, checkers)).rejects.toThrow('lessons/11-last is there already');
  await expect(makeLesson(['Slow Commands'], lessons, checkers)).rejects.toThrow('"Slow Commands" cannot be a lesson');
});
