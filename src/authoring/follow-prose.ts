/**
 * A learner who presses every Run button of a step in order: the prose as one script. What a learner finds out and types
 * into the fields is the end of solution.sh, after its line `# answers`.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Script } from './script.ts';

/** Blocks that are looked at and left by the learner, and never end by themselves. */
const endless = /\btail -[fF]\b|^\s*(less|watch|nano|man) |journalctl .*-f/m;

/** Undefined where the prose cannot be followed by a script: nothing to run, or answers that solution.sh does not mark. */
export async function followProse(
  lessonPath: string,
  step: string,
  asksQuestions: boolean,
  solution: Script,
): Promise<Script | undefined> {
  const path = join(lessonPath, 'index.mdx');
  const prose = await readFile(path, 'utf8').catch(() => '');
  const blocks = runBlocks(prose, step).filter(({ command }) => !endless.test(command));
  const answers = solution.text.split(/^# answers$/m)[1];
  if (blocks.length === 0 || (asksQuestions && answers === undefined)) return undefined;
  const pressed = blocks.flatMap(({ hosts, command }) =>
    hosts.map((host) => `on ${host} <<'end of block'\n${command}\nend of block\n`),
  );
  return { path, name: 'prose', host: solution.host, expects: [], text: pressed.join('') + (answers ?? '') };
}

export function runBlocks(
  prose: string,
  step: string,
): readonly { readonly hosts: readonly string[]; readonly command: string }[] {
  const section = prose.split(new RegExp(`<Step id="${step}"[^>]*>`))[1]?.split('</Step>')[0] ?? '';
  const found = section.matchAll(/<Run(?: on="([^"]*)")?>\s*```\w*\n([^]*?)\n\s*```\s*<\/Run>/g);
  return [...found].map(([, on = 'redis-1', command = '']) => ({ hosts: on.split(/[\s,]+/), command }));
}
