/** From the word an author types to a lesson and its step. */
import { loadLessons } from '#checking/catalogue.ts';
import type { CataloguedLesson } from '#checking/catalogue.ts';
import type { LessonStep } from '#checking/lesson.ts';
import { stepName } from './bench.ts';
import { Complaint } from './complaint.ts';

/** 'key-metrics' or '01-key-metrics' */
export async function findLesson(word = ''): Promise<CataloguedLesson> {
  const { lessons, broken } = await loadLessons();
  const bad = broken.find(({ folder }) => folder === word || folder.endsWith(`-${word}`));
  if (bad) throw new Complaint(bad.trouble);
  const found = lessons.find(({ lesson, folder }) => lesson.slug === word || folder === word);
  if (found) return found;
  throw new Complaint(`There is no lesson "${word}". Lessons: ${lessons.map(({ lesson }) => lesson.slug).join(', ')}`);
}

/** 'key-metrics/reports'; a lesson's name alone means its first step. */
export async function findStep(word = ''): Promise<{ entry: CataloguedLesson; step: LessonStep }> {
  const [lessonWord, stepWord] = word.split('/');
  const entry = await findLesson(lessonWord);
  const step = entry.lesson.steps.find((known) => stepWord === undefined || stepName(known) === stepWord);
  if (step) return { entry, step };
  throw new Complaint(
    `${entry.lesson.slug} has no step "${stepWord}". Steps: ${entry.lesson.steps.map(stepName).join(', ')}`,
  );
}
