/** `new <name>`: the skeleton of a lesson. It is a whole lesson, small: it builds, and its proof passes. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lessonsFolder } from '#checking/catalogue.ts';
import { Complaint } from './complaint.ts';

const skeleton = fileURLToPath(new URL('./skeleton/', import.meta.url));
const checkersFolder = fileURLToPath(new URL('../../checkers/', import.meta.url));

export async function makeLesson(
  [slug = '']: readonly string[],
  lessons = lessonsFolder,
  checkers = checkersFolder,
): Promise<number> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug)) {
    throw new Complaint(
      `"${slug}" cannot be a lesson's name; write it like slow-commands: small letters, digits and hyphens`,
    );
  }
  const folders = (await readdir(lessons)).filter((name) => /^\d+-/.test(name));
  const taken = folders.find((folder) => folder.replace(/^\d+-/, '') === slug);
  if (taken) throw new Complaint(`lessons/${taken} is there already`);
  const order = Math.max(0, ...folders.map((folder) => Number.parseInt(folder, 10))) + 1;
  const folder = `${String(order).padStart(2, '0')}-${slug}`;
  for (const file of await filesIn(skeleton)) {
    const target =
      file === 'checker.ts.txt' ? join(checkers, `${slug}.ts`) : join(lessons, folder, file.replace(/\.txt$/, ''));
    const text = await readFile(join(skeleton, file), 'utf8');
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text.replaceAll('my-lesson', slug).replaceAll('"order"', String(order)), { flag: 'wx' });
  }
  console.log(
    [
      `Made lessons/${folder} and checkers/${slug}.ts. Now:`,
      `  npm run lesson -- prove ${slug}   it passes; keep it passing`,
      `  npm run dev${' '.repeat(slug.length)}                and open /lessons/${slug}/`,
    ].join('\n'),
  );
  return 0;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length));
}
