/** When the lessons are read: once, or (for authors) again when a file of a lesson or a checker has changed. */
import { registerHooks } from 'node:module';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lessonsFolder, loadLessons, type Catalogue } from '#checking/catalogue.ts';

type Load = () => Promise<Catalogue | undefined>;

export function loadOnce(): Load {
  let loaded = false;
  return async () => {
    if (loaded) return undefined;
    loaded = true;
    return loadLessons();
  };
}

const checkersFolder = fileURLToPath(new URL('../../../checkers/', import.meta.url));

/** `folders`: the lessons and the checkers. */
export function loadWhenChanged(folders: readonly [string, string] = [lessonsFolder, checkersFolder]): Load {
  passVersionsOn();
  let newest = 0;
  return async () => {
    const before = newest;
    newest = await newestChange(folders);
    return newest === before ? undefined : loadLessons({ fresh: true, root: folders[0] });
  };
}

async function newestChange(folders: readonly string[]): Promise<number> {
  const times = folders.map(async (folder) => {
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
    return Math.max(0, ...(await Promise.all(files.map(async (file) => (await stat(join(folder, file))).mtimeMs))));
  });
  return Math.max(...(await Promise.all(times)));
}

/** A lesson that is read again brings its checkers with it: `lesson.ts?at=1` imports `checker.ts?at=1`, not the old one. */
function passVersionsOn(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const at = context.parentURL && new URL(context.parentURL).searchParams.get('at');
      if (!at || !/\/(lessons|checkers)\//.test(found.url)) return found;
      const url = new URL(found.url);
      url.searchParams.set('at', at);
      return { ...found, url: url.href };
    },
  });
}
