/** A lesson's title stands in the front matter of its prose. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { CataloguedLesson } from '#checking/catalogue.ts';

const frontMatter = z.object({ title: z.string() });

/** The slug where no title can be read: the build of the pages says what is wrong with it. */
export function titleOf({ path, lesson }: CataloguedLesson): string {
  try {
    const [, matter = ''] = /^---\n([\s\S]*?)\n---/.exec(readFileSync(join(path, 'index.mdx'), 'utf8')) ?? [];
    return frontMatter.parse(parse(matter)).title;
  } catch {
    return lesson.slug;
  }
}
