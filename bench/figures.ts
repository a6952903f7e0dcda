/** Figures as they are told: a median (and more where it helps), never one lucky run. */

/** One line of a part's result: what it is, the figure with its unit, and what it is compared with. */
export interface Figure {
  readonly what: string;
  readonly figure: string;
  /** The aim, or what else was measured in the same run. */
  readonly beside?: string;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('a median of nothing');
  return (low + high) / 2;
}

export const milliseconds = (values: readonly number[]): string =>
  `${round(median(values))} ms (worst ${round(Math.max(...values))}, n=${values.length})`;

const round = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs it so many times, one after the other. */
export async function repeat<T>(times: number, work: (turn: number) => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < times; turn++) results.push(await work(turn));
  return results;
}
