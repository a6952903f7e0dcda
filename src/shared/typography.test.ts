import { describe, expect, it } from 'vitest';
import { unbroken } from './typography.ts';

describe('a number and its unit', () => {
  it.each(['80 %', '256 MB', '1.4 MiB', '300 kB', '0 B', '5 s', '150 ms', '25 min', '2 h'])(
    'stay on one line: %s',
    (text) => expect(unbroken(`about ${text}, or less`)).toBe(`about ${text.replace(' ', '\u00a0')}, or less`),
  );

  it.each(['3 Sentinels', '2 hosts', '10 seconds', '5 snapshots', 'redis-1 says', '3 minutes'])(
    'is no number and a word: %s',
    (text) => expect(unbroken(text)).toBe(text),
  );
});
