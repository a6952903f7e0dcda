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

/** "2.0 ms (worst 12, n=3)" */
export const milliseconds = (values: readonly number[]): string =>
  `${round(median(values))} ms (worst ${round(Math.max(...values))}, n=${values.length})`;

const round = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));

/** A part of the benchmark: hands over each figure as soon as it is there. */
export type Part = () => AsyncIterable<Figure>;

/** Where a long part is, for who waits; the table on the standard output stays clean. */
export const say = (text: string): void => void process.stderr.write(`… ${text}\n`);

/** The work's figure, or that there was none: a part never hangs, and one that fails does not end the others. */
export async function bounded(
  what: string,
  minutes: number,
  work: (signal: AbortSignal) => Promise<Figure>,
): Promise<Figure> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(new Error(`given up after ${minutes} min`)), minutes * 60_000);
  const { promise: given, reject } = Promise.withResolvers<never>();
  over.signal.addEventListener('abort', () => reject(over.signal.reason), { once: true });
  try {
    return await Promise.race([work(over.signal), given]);
  } catch (error) {
    return { what, figure: 'no figure', beside: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

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
