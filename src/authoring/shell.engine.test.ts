/** `npm run lesson -- shell`: an author types in a terminal of their own, as a person does, through a true local tty. */
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** An optional dependency: it is compiled at installation, where there is a compiler. */
const pty = await import('node-pty').catch(() => undefined);

test.skipIf(!pty)('attaches an author’s terminal to a host of a prepared lab', async () => {
  if (!pty) return;
  const shell = pty.spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), 'shell', 'persistence/append-only'],
    {
      cols: 100,
      rows: 30,
      cwd: join(import.meta.dirname, '../..'),
    },
  );
  let screen = '';
  const changed = new EventTarget();
  shell.onData((text) => {
    screen += text;
    changed.dispatchEvent(new Event('data'));
  });
  const sees = async (pattern: RegExp) => {
    const deadline = AbortSignal.timeout(60_000);
    while (!pattern.test(screen)) await once(changed, 'data', { signal: deadline });
  };
  const ended = new Promise<number>((resolve) => shell.onExit(({ exitCode }) => resolve(exitCode)));

  await sees(/learner@redis-1/);
  shell.write('stty size; redis-cli PING\r');
  await sees(/30 100[\s\S]*PONG/);
  shell.write('exit\r');
  expect(await ended).toBe(0);
});
