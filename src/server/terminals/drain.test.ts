import { describe, expect, it } from 'vitest';
import { endOf } from './drain.ts';

const shortened = (text: string, keep: number) => endOf(Buffer.from(text), keep).toString();

describe('the end of stale output', () => {
  it('is its last whole lines, after the end of the line that had begun', () => {
    expect(shortened('rest\nlost\nlost\nkept\n$ ', 8)).toBe('rest\nkept\n$ ');
  });

  it('is everything when there are escape sequences in what would be left out', () => {
    const text = 'rest\nlost\x1b[?1049l\nkept\n$ ';
    expect(shortened(text, 8)).toBe(text);
  });

  it('is everything when it is short or has no lines', () => {
    expect(shortened('a\nb\nc\n', 100)).toBe('a\nb\nc\n');
    expect(shortened('x'.repeat(100), 10)).toBe('x'.repeat(100));
  });
});
