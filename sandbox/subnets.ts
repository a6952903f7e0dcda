/** Arithmetic on IPv4 ranges. */
import { randomInt } from 'node:crypto';

export interface Range {
  readonly start: number;
  readonly size: number;
}

const labSize = 16;

/** "10.213.0.0/16" → where it starts and how many addresses it has. */
export function parseRange(text: string): Range {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text);
  const [a, b, c, d, bits] = (match ?? []).slice(1).map(Number);
  const whole = [a, b, c, d].every((part) => part !== undefined && part <= 255);
  if (a === undefined || b === undefined || c === undefined || d === undefined || bits === undefined || !whole) {
    throw new Error(`"${text}" is not a range of IPv4 addresses. Write it like 10.213.0.0/16.`);
  }
  if (bits < 8 || bits > 28) throw new Error(`The range ${text} must be between /8 and /28.`);
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { start: address - (address % size), size };
}

export function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** The start of a /28 in the range that is not taken, chosen at random so that processes seldom want the same one. */
export function randomFree(range: Range, taken: readonly number[]): number | undefined {
  const used = new Set(taken);
  const count = range.size / labSize;
  const first = randomInt(count);
  for (let step = 0; step < count; step += 1) {
    const start = range.start + ((first + step) % count) * labSize;
    if (!used.has(start)) return start;
  }
  return undefined;
}
