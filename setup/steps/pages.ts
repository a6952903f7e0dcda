/** The static pages, built when anything they are made from is newer. */
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, root } from '../places.ts';
import { runCommand } from '../run-command.ts';
import type { Step } from '../step.ts';

/** Rooms of src that no page is made from. */
const notInPages = ['authoring', 'inbox', 'leases', 'progress', 'server', 'witness'];
const rooms = readdirSync(join(root, 'src')).filter((room) => !notInPages.includes(room));
const inputs = [
  ...rooms.map((room) => `src/${room}`),
  'lessons',
  'checkers',
  'docs',
  'public',
  'astro.config.mjs',
  'package-lock.json',
];
const marker = join(root, 'dist/.built');

export const pages: Step = {
  title: 'Pages',
  isDone: () => existsSync(marker) && newest(inputs.map((name) => join(root, name))) <= statSync(marker).mtimeMs,
  async run(say) {
    const startedAt = new Date();
    // A build that is interrupted must not be taken for a whole one.
    rmSync(marker, { force: true });
    await runCommand(program('astro'), ['build', '--root', root], say);
    writeFileSync(marker, '');
    utimesSync(marker, startedAt, startedAt);
  },
};

/** Folders count, too: their time tells that a file was removed. */
export function newest(paths: readonly string[]): number {
  return Math.max(0, ...paths.filter((path) => existsSync(path)).map(newestWithin));
}

function newestWithin(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, newest(readdirSync(path).map((name) => join(path, name))));
}
