import { describe, expect, it } from 'vitest';
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
});
