import { afterEach, expect, test, vi } from 'vitest';
import { takeSteps } from './step.ts';

afterEach(() => {
  vi.useRealTimers();
});

function screen(isTTY: boolean) {
  let text = '';
  return { isTTY, write: (more: string) => (text += more), shown: () => text };
}

test('what is done is skipped without a word; what is run says so', async () => {
  const log = screen(false);
  const run = vi.fn(async () => {});
  await takeSteps(
    [
      { title: 'Pages', isDone: () => true, run },
      { title: 'Lab image', isDone: async () => false, run },
    ],
    log,
  );
  expect(run).toHaveBeenCalledOnce();
  expect(log.shown()).toBe('→ Lab image\n✓ Lab image (0 s)\n');
});

test('a step of more than two seconds shows where it is: now and then in a log, in place on a terminal', async () => {
  vi.useFakeTimers();
  const log = screen(false);
  const terminal = screen(true);
  for (const place of [log, terminal]) {
    const finish = Promise.withResolvers<void>();
    const taken = takeSteps(
      [{ title: 'Image', isDone: () => false, run: async (say) => (say('apt'), finish.promise) }],
      place,
    );
    await vi.advanceTimersByTimeAsync(8_000);
    finish.resolve();
    await taken;
  }
  expect(log.shown()).toBe('→ Image\n  … Image (2 s): apt\n  … Image (7 s): apt\n✓ Image (8 s)\n');
  expect(terminal.shown()).toContain('\r\u001B[K  … Image (8 s): apt\r\u001B[K✓ Image (8 s)\n');
});

test('a step that fails ends the set-up', async () => {
  const later = vi.fn(async () => {});
  const failing = { title: 'Engine', isDone: () => false, run: () => Promise.reject(new Error('no engine')) };
  await expect(
    takeSteps([failing, { title: 'Pages', isDone: () => false, run: later }], screen(false)),
  ).rejects.toThrow('no engine');
  expect(later).not.toHaveBeenCalled();
});
