import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { followProse } from './follow-prose.ts';

const block = (on: string, command: string) => `<Run on="${on}">\n\n\`\`\`bash\n${command}\n\`\`\`\n\n</Run>\n`;
const solution = (text: string) => ({ path: '', name: 'solution', host: 'redis-1' as const, expects: [], text });

async function lessonWith(prose: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'prose-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, 'index.mdx'), prose);
  return root;
}

test('the blocks of one step in order, on each of their hosts, and the answers last', async () => {
  const path = await lessonWith(
    [
      `<Step id="other">\n${block('redis-1', 'no')}</Step>`,
      `<Step id="one" title="The one">\n${block('redis-1 redis-2', 'a\nb')}${block('redis-1', 'sudo tail -f x')}${block('redis-3', 'c')}</Step>`,
    ].join('\n'),
  );
  const script = await followProse(path, 'one', true, solution('a\n# answers\nanswer n 1\n'));
  expect(script?.text).toBe(
    [
      ...['redis-1', 'redis-2'].map((host) => `on ${host} <<'end of block'\na\nb\nend of block\n`),
      `on redis-3 <<'end of block'\nc\nend of block\n`,
      '\nanswer n 1\n',
    ].join(''),
  );
});

test('nothing to follow without blocks, or when the answers are not marked', async () => {
  const path = await lessonWith(`<Step id="one">\n${block('redis-1', 'a')}</Step><Step id="two"></Step>`);
  expect(await followProse(path, 'two', false, solution(''))).toBeUndefined();
  expect(await followProse(path, 'one', true, solution('answer n 1'))).toBeUndefined();
  expect(await followProse(path, 'one', false, solution(''))).toBeDefined();
});
