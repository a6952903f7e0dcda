/** The lessons as this server knows them, and where each step stands. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue, CataloguedLesson } from '#checking/catalogue.ts';
import type { Lesson, LessonStep } from '#checking/lesson.ts';
import type { StepId } from '#shared/wire.ts';
import { HttpProblem } from '../http/route.ts';
import { titleOf } from './titles.ts';

export interface Place {
  readonly lesson: Lesson;
  readonly step: LessonStep;
  readonly id: StepId;
}

export interface Shelf {
  /** In order, with their steps. */
  all(): readonly CataloguedLesson[];
  /** Throws a 404 that names what there is. */
  lesson(slug: string): Lesson;
  step(id: StepId): Place;
  /** As the lesson's prose calls it. */
  title(slug: string): string;
  /** The step's own solution.sh. */
  solution(id: StepId): Promise<string>;
  /** Looks again, where lessons change while the server runs. */
  refresh(): Promise<void>;
}

/** `load` is asked again at each refresh, and answers undefined when nothing has changed. */
export async function openShelf(
  load: () => Promise<Catalogue | undefined>,
  onBroken: (folder: string, trouble: string) => void,
): Promise<Shelf> {
  let catalogue: Catalogue = { lessons: [], broken: [] };
  const refresh = async () => {
    const next = await load();
    for (const { folder, trouble } of next?.broken ?? []) onBroken(folder, trouble);
    catalogue = next ?? catalogue;
  };
  await refresh();

  const catalogued = (slug: string): CataloguedLesson => {
    const found = catalogue.lessons.find(({ lesson }) => lesson.slug === slug);
    if (found) return found;
    const broken = catalogue.broken.find(({ folder }) => folder.replace(/^\d+-/, '') === slug);
    if (broken) throw new HttpProblem(503, `The lesson "${slug}" cannot be used now: ${broken.trouble}`);
    const known = catalogue.lessons.map(({ lesson }) => lesson.slug).join(', ');
    throw new HttpProblem(404, `There is no lesson "${slug}". There are: ${known}.`);
  };
  const place = (id: StepId): Place => {
    const { lesson } = catalogued(id.split('/')[0] ?? '');
    const step = lesson.steps.find(({ checker }) => checker.step === id);
    if (step) return { lesson, step, id };
    const known = lesson.steps.map(({ checker }) => checker.step).join(', ');
    throw new HttpProblem(404, `There is no step "${id}". The steps of this lesson: ${known}.`);
  };

  return {
    all: () => catalogue.lessons,
    lesson: (slug) => catalogued(slug).lesson,
    step: place,
    title: (slug) => titleOf(catalogued(slug)),
    async solution(id) {
      const { lesson } = place(id);
      const folder = join(catalogued(lesson.slug).path, 'steps', id.slice(lesson.slug.length + 1));
      return readFile(join(folder, 'solution.sh'), 'utf8').catch(() => {
        throw new HttpProblem(404, `The step "${id}" has no written solution.`);
      });
    },
    refresh,
  };
}
