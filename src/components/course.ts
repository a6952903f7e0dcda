/**
 * The course as the pages show it: each lesson's prose joined with its steps, criteria and questions. Runs while the
 * pages are built; the browser gets the sentences, never the code that judges.
 */
import { isDrill } from '#checking/define.ts';
import type { Lesson, Question } from '#checking/lesson.ts';
import { topologies } from '#sandbox/topologies.ts';
import { getCollection, type CollectionEntry } from 'astro:content';

export interface CourseLesson {
  readonly slug: string;
  /** Place in the course, from 1. */
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly kind: 'principle' | 'project';
  readonly minutes: number;
  /** The hosts of its lab on which a learner works. */
  readonly hosts: readonly string[];
  readonly steps: readonly CourseStep[];
  readonly entry: CollectionEntry<'lessons'>;
}

export interface CourseStep {
  /** 'lesson/step' */
  readonly id: string;
  /** Place in the lesson, from 1. */
  readonly number: number;
  readonly minutes: number;
  readonly criteria: readonly { readonly id: string; readonly asks: string; readonly drill: boolean }[];
  readonly questions: readonly Question[];
}

const modules = import.meta.glob<{ default: Lesson }>('/lessons/*/lesson.ts', { eager: true });
const lessonsBySlug = new Map(Object.values(modules).map(({ default: lesson }) => [lesson.slug, lesson]));

/** Every lesson in the order of the course. */
export async function course(): Promise<readonly CourseLesson[]> {
  const entries = await getCollection('lessons');
  return entries.toSorted((a, b) => a.data.order - b.data.order).map((entry, index) => courseLesson(entry, index + 1));
}

function courseLesson(entry: CollectionEntry<'lessons'>, number: number): CourseLesson {
  const lesson = lessonsBySlug.get(entry.id);
  if (!lesson) throw new Error(`${entry.filePath}: no lesson.ts beside it has the slug '${entry.id}'.`);
  const { title, summary, kind, minutes } = entry.data;
  const hosts = topologies[lesson.topology].hosts.filter((host) => host.terminals).map((host) => host.name);
  const steps = lesson.steps.map(courseStep);
  for (const { id } of steps) refuseMissingStep(entry, id.slice(entry.id.length + 1));
  return { slug: entry.id, number, title, summary, kind, minutes, hosts, steps, entry };
}

function courseStep({ checker, minutes, questions = [] }: Lesson['steps'][number], index: number): CourseStep {
  const criteria = checker.criteria.map((criterion) => ({
    id: criterion.id,
    asks: criterion.asks,
    drill: isDrill(criterion),
  }));
  return { id: checker.step, number: index + 1, minutes, criteria, questions };
}

/** A step that the prose forgets could never be completed on the page. */
function refuseMissingStep(entry: CollectionEntry<'lessons'>, step: string): void {
  if (entry.body?.includes(`<Step id="${step}"`)) return;
  throw new Error(`${entry.filePath}: the step '${step}' of lesson.ts has no <Step id="${step}"> in the prose.`);
}

/** The pages to look things up in, for links to them. */
export async function references(): Promise<readonly { readonly slug: string; readonly title: string }[]> {
  const entries = await getCollection('references');
  return entries.map(({ id, data }) => ({ slug: id, title: data.title }));
}
