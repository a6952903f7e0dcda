import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runStage } from './run-stage.ts';
import { report } from './run-tests.ts';
import type { Stage } from './stages.ts';

const shell = (script: string): Stage['commands'][number] => ['/bin/sh', '-c', script];
const never = new AbortController().signal;

test('a stage passes when every command does, and stops at the first that fails', async () => {
  const mark = join(mkdtempSync(join(tmpdir(), 'clinic-')), 'reached');
  const passed = await runStage({ name: 'types', limitMinutes: 1, commands: [shell('true'), shell('true')] }, never);
  expect(passed.trouble).toBeUndefined();
  const failed = await runStage(
    { name: 'types', limitMinutes: 1, commands: [shell('exit 3'), shell(`touch ${mark}`)] },
    never,
  );
  expect(failed.trouble).toBe('failed (exit 3)');
  expect(existsSync(mark)).toBe(false);
});

test('a stage that hangs is killed with all that it started', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'clinic-')), 'pid');
  const hanging = shell(`trap '' TERM; sleep 60 & echo $! > ${file}; wait; wait`);
  const result = await runStage({ name: 'engine', limitMinutes: 0.005, commands: [hanging] }, never);
  expect(result.trouble).toBe('took too long and was killed');
  await vi.waitFor(() => expect(isRunning(readFileSync(file, 'utf8').trim())).toBe(false));
}, 20_000);

test('an interrupted stage says so', async () => {
  const interrupted = new AbortController();
  const running = runStage({ name: 'unit', limitMinutes: 1, commands: [shell('sleep 60')] }, interrupted.signal);
  interrupted.abort();
  expect((await running).trouble).toBe('was interrupted');
});

test('the closing line says whether all passed, or where it failed', () => {
  expect(report([{ name: 'types', seconds: 9 }], 1)).toContain('npm test: all 1 stages passed');
  expect(report([{ name: 'types', seconds: 9 }], 6)).toContain('npm test: interrupted after 1 of 6 stages');
  const mixed = report(
    [
      { name: 'types', seconds: 9 },
      { name: 'unit', seconds: 3, trouble: 'failed (exit 1)' },
    ],
    2,
  );
  expect(mixed).toMatch(/unit\s+3 s {2}failed \(exit 1\)\n\nnpm test: failed in unit$/);
});

/** A process that was killed may stay listed until its parent has asked for its end. */
function isRunning(pid: string): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}
