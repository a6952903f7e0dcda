import { describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';

const seats = (...ids: string[]) => ids.map((id) => ({ id, host: `host of ${id}` }));

function deskWith(...ids: string[]): Desk {
  const desk = new Desk();
  desk.have(seats(...ids));
  return desk;
}

describe('which terminals are on show', () => {
  it('is the first one at the beginning, and then the chosen one', () => {
    const desk = deskWith('a', 'b', 'c');
    expect([desk.shown, desk.active]).toEqual([['a'], 'a']);
    desk.show('c');
    expect([desk.shown, desk.active]).toEqual([['c'], 'c']);
    desk.show('unknown');
    expect(desk.active).toBe('c');
  });

  it('splits with the next one, changes the active half, and goes back to the active one', () => {
    const desk = deskWith('a', 'b', 'c');
    desk.toggleSplit();
    expect(desk.shown).toEqual(['a', 'b']);
    desk.show('b');
    expect(desk.shown).toEqual(['a', 'b']);
    desk.show('c');
    expect(desk.shown).toEqual(['a', 'c']);
    desk.toggleSplit();
    expect([desk.shown, desk.active]).toEqual([['c'], 'c']);
  });

  it('does not split what is alone', () => {
    const desk = deskWith('a');
    desk.toggleSplit();
    expect(desk.split).toBe(false);
  });

  it('puts the neighbour in the place of one that is gone', () => {
    const desk = deskWith('a', 'b', 'c');
    desk.show('b');
    desk.have(seats('a', 'c'));
    expect([desk.shown, desk.active]).toEqual([['c'], 'c']);
    desk.have(seats());
    expect([desk.shown, desk.active]).toEqual([[], undefined]);
    desk.have(seats('x'));
    expect([desk.shown, desk.active]).toEqual([['x'], 'x']);
  });

  it('shows the same host again after all were gone', () => {
    const desk = deskWith('a', 'b');
    desk.show('b');
    desk.have([]);
    desk.have([
      { id: 'c', host: 'host of a' },
      { id: 'd', host: 'host of b' },
    ]);
    expect([desk.shown, desk.active]).toEqual([['d'], 'd']);
  });

  it('keeps both halves while there are two', () => {
    const desk = deskWith('a', 'b', 'c');
    desk.toggleSplit();
    desk.have(seats('b', 'c'));
    expect(desk.shown).toEqual(['b', 'c']);
    expect(desk.active).toBe('c');
  });
});
