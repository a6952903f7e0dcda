/** A whole server for unit tests: real HTTP, WebSockets and SQLite over machines that exist only by name. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineChecker, met, unmet } from '#checking/define.ts';
import { defineLesson, type Lesson } from '#checking/lesson.ts';
import { pino } from 'pino';
import { fakeDriver } from '../../leases/testing/fake-driver.ts';
import { newToolKey } from '../../lti/keys.ts';
import type { Platform } from '../../lti/platforms.ts';
import { openDatabase } from '../../progress/database.ts';
import { openClinic } from '../clinic.ts';
import { readConfig } from '../config.ts';
import { builtPages } from '../http/static.ts';
import { openShelf } from '../lessons/shelf.ts';

export const instructorSecret = 'the-instructors-secret';

const checker = (step: string, collect: () => Promise<{ readonly answer: string }>) =>
  defineChecker({
    step,
    deadline: 1,
    collect,
    criteria: [
      {
        id: 'right',
        asks: 'The answer is 42.',
        judge: ({ answer }) => (answer === '42' ? met('You said 42.') : unmet(`You said "${answer}".`, 'Say 42.')),
      },
    ],
  });

/** 'quiz' is done by answering 42; 'throws' and 'hangs' have checkers that do. */
export const quiz = defineLesson({
  slug: 'quiz',
  topology: 'single',
  prepare: async ({ say }) => say('Nothing to prepare'),
  steps: [
    {
      checker: defineChecker({
        step: 'quiz/answer',
        collect: async (probe) => ({ answer: probe.answers['answer'] ?? '' }),
        criteria: checker('quiz/answer', async () => ({ answer: '' })).criteria as never,
      }),
      minutes: 1,
      questions: [{ id: 'answer', asks: 'What is the answer?' }],
    },
    { checker: checker('quiz/throws', () => Promise.reject(new Error('no such section in INFO'))), minutes: 1 },
    { checker: checker('quiz/hangs', () => Promise.withResolvers<never>().promise), minutes: 1 },
  ],
});
const other = defineLesson({ ...quiz, slug: 'other', topology: 'trio', steps: [] });

export async function openTestClinic(settings: Readonly<Record<string, string>> = {}, platforms?: readonly Platform[]) {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-test-'));
  const lessonFolder = (lesson: Lesson) => join(folder, lesson.slug);
  mkdirSync(join(lessonFolder(quiz), 'steps/answer'), { recursive: true });
  writeFileSync(join(lessonFolder(quiz), 'steps/answer/solution.sh'), '#!/usr/bin/env bash\nanswer answer 42\n');
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Course</title><script>let one = 1;</script>');
  const lessons = [quiz, other].map((lesson, order) => ({
    lesson,
    order,
    folder: lesson.slug,
    path: lessonFolder(lesson),
  }));
  const driver = fakeDriver();
  const clinic = await openClinic({
    config: readConfig({ PORT: '0', WARM_LABS: '0', LAB_CAPACITY: '8', ...settings }),
    database: openDatabase(folder),
    driver,
    shelf: await openShelf(
      async () => ({ lessons, broken: [] }),
      () => undefined,
    ),
    pages: builtPages(folder),
    sessionSecret: 'a-secret-for-sessions',
    instructorSecret,
    lti: platforms && { platforms, key: newToolKey() },
    log: pino({ level: 'silent' }),
  });
  return {
    ...clinic,
    driver,
    /** Every byte of the records' folder, for tests of what is not kept. */
    stored: () =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(folder, entry.name), 'latin1'))
        .join('\n'),
    async stop() {
      await clinic.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
