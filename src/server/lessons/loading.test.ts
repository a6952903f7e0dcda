import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'clinic-lessons-'));
  mkdirSync(join(root, 'lessons/01-one'), { recursive: true });
  mkdirSync(join(root, 'checkers'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(root, { recursive: true }));

const checker = (asks: string) =>
  `export const step = { step: 'one/only', collect: async () => ({}), criteria: [{ id: 'it', asks: '${asks}', judge: () => ({ state: 'met', seen: '' }) }] };`;

/** Node's own loader is at work here, not the test runner's, so it runs in a process of its own. */
it('reads a lesson again, with its checker, when the checker has changed, and not otherwise', async () => {
  writeFileSync(
    join(root, 'lessons/01-one/lesson.ts'),
    `import { step } from '../../checkers/one.ts';
     export default { slug: 'one', topology: 'single', prepare: async () => {}, steps: [{ checker: step, minutes: 1 }] };`,
  );
  const file = join(root, 'checkers/one.ts');
  writeFileSync(file, checker('The old sentence.'));
  utimesSync(file, 1, 1);
  const program = `
    import { writeFileSync } from 'node:fs';
    import { loadWhenChanged } from ${JSON.stringify(join(import.meta.dirname, 'loading.ts'))};
    const load = loadWhenChanged(${JSON.stringify([join(root, 'lessons'), join(root, 'checkers')])});
    const asks = (catalogue) => catalogue && (catalogue.broken[0]?.trouble ?? catalogue.lessons[0].lesson.steps[0].checker.criteria[0].asks);
    const first = asks(await load());
    const same = asks(await load()) ?? 'as before';
    writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(checker('The new sentence.'))});
    console.log(JSON.stringify([first, same, asks(await load())]));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  expect(JSON.parse(stdout)).toEqual(['The old sentence.', 'as before', 'The new sentence.']);
});
