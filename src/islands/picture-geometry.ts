/** Where hosts stand in the live picture and how a link runs between two of them. Numbers are units of the drawing. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const boardWidth = 680;
export const card = { width: 196, height: 104 };

/** Centres of the cards. A host keeps its place whatever its role: only what is drawn in and between them changes. */
const places: Readonly<Record<string, Point>> = {
  'redis-1': { x: 340, y: 68 },
  'redis-2': { x: 116, y: 248 },
  'redis-3': { x: 564, y: 248 },
  monitor: { x: 340, y: 362 },
};

export function placeOf(host: string, hosts: readonly string[]): Point | undefined {
  // A single Redis stands in the middle.
  if (host === 'redis-1' && !hosts.includes('redis-2')) return { x: 340, y: 130 };
  return places[host];
}

/** A straight link from one card's edge to another's, with room for the arrow's head. */
export function linkBetween(from: Point, to: Point): { readonly start: Point; readonly end: Point } {
  return { start: edgeToward(from, to, 4), end: edgeToward(to, from, 12) };
}

/** The point `gap` units outside a card where the line from its centre toward another point leaves it. */
function edgeToward(centre: Point, other: Point, gap: number): Point {
  const dx = other.x - centre.x;
  const dy = other.y - centre.y;
  const length = Math.hypot(dx, dy) || 1;
  const toSide = dx === 0 ? Infinity : card.width / 2 / Math.abs(dx);
  const toTop = dy === 0 ? Infinity : card.height / 2 / Math.abs(dy);
  const share = Math.min(toSide, toTop) + gap / length;
  return { x: centre.x + dx * share, y: centre.y + dy * share };
}
