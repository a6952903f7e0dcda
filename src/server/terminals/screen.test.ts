import { describe, expect, it, vi } from 'vitest';
import { Screen } from './screen.ts';

function screenWith(size = { cols: 20, rows: 4 }) {
  const statuses: number[] = [];
  const answers: string[] = [];
  const screen = new Screen(size, {
    commandEnded: (status) => statuses.push(status),
    answer: (text) => answers.push(text),
  });
  const write = (text: string | Uint8Array) =>
    new Promise<void>((resolve) => screen.write(typeof text === 'string' ? Buffer.from(text) : text, resolve));
  const snapshot = () =>
    new Promise<string>((resolve) => screen.snapshot((bytes) => resolve(Buffer.from(bytes).toString())));
  return { screen, statuses, answers, write, snapshot };
}

describe('the screen', () => {
  it('hears a command end with its status, also when the mark comes in two pieces', async () => {
    const { statuses, write } = screenWith();
    await write('\x1b]133;D;0\x07$ ');
    await write('\x1b]133');
    await write(';D;130\x1b\\$ \x1b]133;D\x07');
    await write('\x1b]133;A\x07\x1b]133;C\x07');
    expect(statuses).toEqual([0, 130, 0]);
  });

  it('answers where the cursor is', async () => {
    const { answers, write } = screenWith();
    await write('abc\x1b[6n');
    expect(answers).toEqual(['\x1b[1;4R']);
  });

  it('keeps a letter whole that comes in two pieces', async () => {
    const { write, snapshot } = screenWith();
    const letter = Buffer.from('é');
    await write(letter.subarray(0, 1));
    await write(letter.subarray(1));
    expect(await snapshot()).toContain('é');
  });

  it.each([
    ['letters of two cells', '語語|'],
    ['an emoji', '😀|'],
    ['one of several parts', '👩‍👩‍👧|👍🏽|🇩🇪|'],
    ['letters with marks that come after them', 'e\u0301|नि|'],
    ['what fills a line and goes on in the next', `${'語'.repeat(11)}|`],
  ])('comes back the same when it shows %s', async (_what, text) => {
    const first = screenWith();
    await first.write(text);
    const second = screenWith();
    await second.write(await first.snapshot());
    for (const { write } of [first, second]) await write('\x1b[6n');
    expect(second.answers).toEqual(first.answers);
    expect(await second.snapshot()).toBe(await first.snapshot());
    expect(await first.snapshot()).toContain('|');
  });

  it('takes a letter to be as wide as the shell does', async () => {
    const { answers, write } = screenWith();
    for (const text of ['語', '😀', 'e\u0301']) await write(`\r\x1b[K${text}\x1b[6n`);
    expect(answers).toEqual(['\x1b[1;3R', '\x1b[1;3R', '\x1b[1;2R']);
  });

  it('hands out scrollback and screen, with colours', async () => {
    const { write, snapshot } = screenWith();
    await write(Array.from({ length: 10 }, (_, line) => `line ${line}`).join('\r\n') + '\x1b[31mred');
    const shown = await snapshot();
    expect(shown).toContain('line 0');
    expect(shown).toContain('\x1b[31mred');
  });

  it('takes the snapshot between what was written before and what follows', async () => {
    const { screen, snapshot } = screenWith();
    screen.write(Buffer.from('before '), () => {});
    const taken = snapshot();
    screen.write(Buffer.from('after'), () => {});
    expect(await taken).toBe('before ');
  });

  it('hands out what was asked for before it was disposed of, and xterm has nothing to warn of', async () => {
    const warned = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const { screen, snapshot } = screenWith();
    screen.write(Buffer.from('last words'), () => {});
    const taken = snapshot();
    screen.dispose();
    expect(await taken).toBe('last words');
    expect(warned.flatMap((spy) => spy.mock.calls)).toEqual([]);
    vi.restoreAllMocks();
  });
});
