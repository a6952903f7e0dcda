/**
 * The course as the pages show it: each lesson's prose joined with its steps, criteria and questions. Runs while the
 * pages are built; the browser gets the sentences, never the code that judges.
 */
import { isDrill } from '#checking/define.ts';
import { faultsOf } from '#checking/lesson-faults.ts';
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

const modules = import.meta.glob<{ default: Lesson }>('/lessons/*/lesson.ts');

/** Every lesson in the order of the course. A broken one stops a build; while authors work, it is left out. */
export async function course(): Promise<readonly CourseLesson[]> {
  const entries = await getCollection('lessons');
  const read = await Promise.allSettled(entries.toSorted((a, b) => a.data.order - b.data.order).map(readLesson));
  const broken = read.find((each) => each.status === 'rejected');
  if (broken && import.meta.env.PROD) throw broken.reason;
  const whole = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  return whole.map((lesson, index) => ({ ...lesson, number: index + 1 }));
}

/** The slugs of all lessons, also of those that are left out: their pages say why. */
export async function slugs(): Promise<readonly string[]> {
  return (await getCollection('lessons')).map(({ id }) => id);
}

/** Throws what keeps a lesson out of the course. */
export async function refuseLesson(slug: string | undefined): Promise<never> {
  const entry = (await getCollection('lessons')).find(({ id }) => id === slug);
  if (entry) await readLesson(entry);
  throw new Error(`No lesson has the slug '${slug}'.`);
}

async function readLesson(entry: CollectionEntry<'lessons'>): Promise<Omit<CourseLesson, 'number'>> {
  const folder = entry.filePath?.replace(/\/[^/]*$/, '');
  const module = await modules[`/${folder}/lesson.ts`]?.();
  if (!module) throw new Error(`${folder}/lesson.ts is missing.`);
  const faults = faultsOf(module, entry.id);
  if (faults.length > 0) throw new Error(faults.map((fault) => `${folder}/lesson.ts: ${fault}`).join('\n'));
  const lesson = module.default;
  const { title, summary, kind, minutes } = entry.data;
  const hosts = topologies[lesson.topology].hosts.filter((host) => host.terminals).map((host) => host.name);
  const steps = lesson.steps.map(courseStep);
  for (const { id } of steps) refuseMissingStep(entry, id.slice(entry.id.length + 1));
  return { slug: entry.id, title, summary, kind, minutes, hosts, steps, entry };
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
