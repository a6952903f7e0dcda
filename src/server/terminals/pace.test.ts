import { describe, expect, it } from 'vitest';
import { limits } from './limits.ts';
import { mustPause, tooSlow } from './pace.ts';

const page = (unread: number, more: { works?: boolean; behind?: boolean } = {}) => ({
  works: true,
  behind: false,
  unread,
  ...more,
});

describe('the pace of a shell', () => {
  it('pauses above the high mark and goes on only below the low mark', () => {
    expect(mustPause(false, 0, [page(limits.high)])).toBe(false);
    expect(mustPause(false, 0, [page(limits.high + 1)])).toBe(true);
    expect(mustPause(true, 0, [page(limits.low + 1)])).toBe(true);
    expect(mustPause(true, 0, [page(limits.low)])).toBe(false);
  });

  it('follows the fastest page that works', () => {
    expect(mustPause(false, 0, [page(limits.high * 2), page(0)])).toBe(false);
  });

  it('does not wait for those who only look on, who are behind, or who are not there', () => {
    expect(mustPause(false, 0, [page(1e9, { works: false })])).toBe(false);
    expect(mustPause(false, 0, [page(1e9, { behind: true })])).toBe(false);
    expect(mustPause(false, 0, [])).toBe(false);
  });

  it('waits for the server’s own screen', () => {
    expect(mustPause(false, limits.high + 1, [page(0)])).toBe(true);
  });

  it('lets a page fall behind only when another one is faster or it only looks on', () => {
    const slow = page(limits.high * 2 + 1);
    const onlooker = page(limits.high * 2 + 1, { works: false });
    expect(tooSlow([slow])).toEqual([]);
    expect(tooSlow([slow, page(0)])).toEqual([slow]);
    expect(tooSlow([onlooker])).toEqual([onlooker]);
  });
});
