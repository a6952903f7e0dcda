import { beforeEach, describe, expect, it } from 'vitest';
import { Intake } from './intake.ts';

const kibi = 1024;
let written: string[];
let parse: (() => void)[];
let acknowledged: number;
let intake: Intake;

beforeEach(() => {
  written = [];
  parse = [];
  acknowledged = 0;
  intake = new Intake(
    {
      write: (bytes, parsed) => {
        written.push(String.fromCharCode(bytes[0] ?? 0));
        parse.push(parsed);
      },
      reset: ({ cols, rows }) => written.push(`reset ${cols}x${rows}`),
    },
    (bytes) => (acknowledged += bytes),
  );
});

const letters = (letter: string, size: number) => new Uint8Array(size).fill(letter.charCodeAt(0));
const screen = (bytes: number, whenShown = () => {}) => ({ cols: 80, rows: 24, bytes, whenShown });
const parseAll = () => {
  for (let next = parse.shift(); next; next = parse.shift()) next();
};

describe('what a page has not parsed yet', () => {
  it('is given to xterm a little at a time and acknowledged as it is parsed', () => {
    intake.add(letters('a', 320 * kibi));
    expect(written).toHaveLength(4);
    expect(acknowledged).toBe(0);
    parse.shift()?.();
    expect(written).toHaveLength(5);
    parseAll();
    expect(acknowledged).toBe(320 * kibi);
  });

  it('is dropped when a new screen comes, acknowledged, and the screen waits until xterm is empty', () => {
    intake.add(letters('a', 320 * kibi));
    let shown = false;
    intake.replace(screen(3, () => (shown = true)));
    intake.add(letters('s', 3));
    intake.add(letters('b', 1));
    expect(acknowledged).toBe(192 * kibi);
    expect(written).toEqual(['a', 'a', 'a', 'a']);
    for (let piece = 0; piece < 4; piece += 1) parse.shift()?.();
    expect(written.slice(4)).toEqual(['reset 80x24', 's', 'b']);
    expect(shown).toBe(false);
    parse.shift()?.();
    expect(shown).toBe(true);
    expect(acknowledged).toBe(320 * kibi);
  });

  it('counts an empty screen as shown at once', () => {
    let shown = false;
    intake.replace(screen(0, () => (shown = true)));
    expect(shown).toBe(true);
  });

  it('is owed to no later connection', () => {
    intake.add(letters('a', 64 * kibi));
    intake.forget();
    parseAll();
    expect(acknowledged).toBe(0);
    intake.add(letters('b', 32 * kibi));
    parseAll();
    expect(acknowledged).toBe(32 * kibi);
  });
});
