/** Every lesson of the course, read from the lessons folder. A broken one is named and left out; the others work. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { faultsOf } from './lesson-faults.ts';
import type { Lesson } from './lesson.ts';
import { whereItBroke } from './where-it-broke.ts';

export interface CataloguedLesson {
  readonly lesson: Lesson;
  /** '01-key-metrics' */
  readonly folder: string;
  /** Absolute path of the folder. */
  readonly path: string;
  /** The folder's number. */
  readonly order: number;
}

export interface BrokenLesson {
  readonly folder: string;
  /** File and line where known, and what is wrong. */
  readonly trouble: string;
}

export interface Catalogue {
  readonly lessons: readonly CataloguedLesson[];
  readonly broken: readonly BrokenLesson[];
}

export const lessonsFolder = fileURLToPath(new URL('../../lessons/', import.meta.url));

/** With `fresh` each lesson.ts is read again, not taken from an earlier load. */
export async function loadLessons({ fresh = false, root = lessonsFolder } = {}): Promise<Catalogue> {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && /^\d+-/.test(entry.name)).map((entry) => entry.name);
  const loaded = await Promise.all(folders.toSorted().map((folder) => loadOne(root, folder, fresh)));
  return {
    lessons: loaded.filter((entry) => 'lesson' in entry),
    broken: loaded.filter((entry) => 'trouble' in entry),
  };
}

async function loadOne(root: string, folder: string, fresh: boolean): Promise<CataloguedLesson | BrokenLesson> {
  const path = join(root, folder);
  const order = Number.parseInt(folder, 10);
  const file = `${folder}/lesson.ts`;
  try {
    const url = pathToFileURL(join(path, 'lesson.ts'));
    if (fresh) url.searchParams.set('at', String(Date.now()));
    const module: unknown = await import(url.href);
    const faults = faultsOf(module, folder.replace(/^\d+-/, ''));
    if (faults.length) return { folder, trouble: faults.map((fault) => `lessons/${file}: ${fault}`).join('\n') };
    return { lesson: (module as { default: Lesson }).default, folder, path, order };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { folder, trouble: `${whereItBroke(error) ?? `lessons/${file}`}: ${what}` };
  }
}
