import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readStepScripts } from './script.ts';

async function lessonWith(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'lesson-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, 'steps/one', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `#!/usr/bin/env bash\n${text}\n`);
  }
  return root;
}

test('a step has a solution, others, an undo and wrong ways, each with what its head says', async () => {
  const path = await lessonWith({
    'solution.sh': 'true',
    'solution.acl.sh': '# host: redis-3\ntrue',
    'undo.sh': 'true',
    'wrong/half.sh':
      '# host: monitor\n# expect: rule: fires already: at 60 %\n# expect: limit: is 0\n# Only half of it.\ntrue',
  });
  const { solution, others, undo, wrong } = await readStepScripts(path, 'one');
  expect([solution.host, others.map(({ name, host }) => [name, host]), undo?.name]).toEqual([
    'redis-1',
    [['solution.acl', 'redis-3']],
    'undo',
  ]);
  expect(wrong).toMatchObject([
    {
      name: 'half',
      host: 'monitor',
      expects: [
        { criterion: 'rule', seen: 'fires already: at 60 %' },
        { criterion: 'limit', seen: 'is 0' },
      ],
    },
  ]);
});

test('a script that comes after the solution runs it first, whole or until a line of it, on its host', async () => {
  const path = await lessonWith({
    'solution.sh': '# host: redis-2\n# 1. One\none\n# 2. Two\ntwo',
    'wrong/all.sh': '# after: solution\nthree',
    'wrong/half.sh': '# after: solution until 2.\n# expect: limit: is 0\nthree',
  });
  const { wrong } = await readStepScripts(path, 'one');
  expect(wrong.map(({ host, text }) => [host, text.split('\n').filter((line) => /^[a-z]/.test(line))])).toEqual([
    ['redis-2', ['one', 'two', 'three']],
    ['redis-2', ['one', 'three']],
  ]);
  expect(wrong[1]?.expects).toEqual([{ criterion: 'limit', seen: 'is 0' }]);
});

test.each([
  [{ 'undo.sh': 'true' }, /solution\.sh is missing: write the commands/],
  [{ 'solution.sh': '# host: redis-9' }, /solution\.sh says "# host: redis-9"; hosts are redis-1, redis-2/],
  [{ 'solution.sh': '# expect: nothing' }, /solution\.sh says "# expect: nothing"; write "# expect: <criterion>/],
  [{ 'solution.sh': 'true', 'undo.sh': '# after: lunch' }, /undo\.sh says "# after: lunch"; write "# after: solution"/],
  [{ 'solution.sh': 'true', 'undo.sh': '# after: solution until 7' }, /no line of solution\.sh begins with "# 7"/],
  [{ 'solution.sh': '# after: solution' }, /it is the solution itself/],
  [{ 'solution.sh': '', 'undo.sh': '# after: solution\n# host: redis-2' }, /the solution, which runs on redis-1/],
])('says what is wrong with %o', async (files, message) => {
  await expect(readStepScripts(await lessonWith(files), 'one')).rejects.toThrow(message);
});
