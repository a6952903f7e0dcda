import { describe, expect, test } from 'vitest';
import { card, linkBetween, placeOf } from './picture-geometry.ts';

describe('a link between two cards', () => {
  test('runs from edge to edge, with room for the arrow', () => {
    const { start, end } = linkBetween({ x: 0, y: 0 }, { x: 400, y: 0 });
    expect(start).toEqual({ x: card.width / 2 + 4, y: 0 });
    expect(end).toEqual({ x: 400 - card.width / 2 - 12, y: 0 });
  });

  test('leaves a card at its lower edge when the other is below', () => {
    const { start } = linkBetween({ x: 0, y: 0 }, { x: 0, y: 400 });
    expect(start.x).toBe(0);
    expect(start.y).toBeCloseTo(card.height / 2 + 4);
  });
});

test('a single Redis stands in the middle, and an unknown host nowhere', () => {
  expect(placeOf('redis-1', ['redis-1'])).not.toEqual(placeOf('redis-1', ['redis-1', 'redis-2']));
  expect(placeOf('redis-9', ['redis-9'])).toBeUndefined();
});
