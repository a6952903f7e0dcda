/** `npm test`: every stage, also after one has failed; a table and a closing line at the end. */
import { connectEngine, sweepLeftovers } from '#sandbox/docker/index.ts';
import { findBrowser } from '../steps/browser.ts';
import { runStage } from './run-stage.ts';
import type { StageResult } from './run-stage.ts';
import { stages } from './stages.ts';

export async function runTests(): Promise<void> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
  process.env['CHROMIUM'] ??= findBrowser();

  await sweep();
  const all = stages();
  const results: StageResult[] = [];
  for (const stage of all) {
    if (interrupted.signal.aborted) break;
    console.log(`\n── ${stage.name} ──`);
    results.push(await runStage(stage, interrupted.signal));
  }
  await sweep();

  console.log(`\n${report(results, all.length)}`);
  process.exit(results.length === all.length && results.every(({ trouble }) => trouble === undefined) ? 0 : 1);
}

async function sweep(): Promise<void> {
  try {
    const swept = await sweepLeftovers(await connectEngine());
    if (swept > 0) console.log(`Swept ${swept} lab(s) that a killed test run had left.`);
  } catch (error) {
    // An engine that has died under the tests must not take their report along.
    console.log(`Leftovers could not be swept: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `all`: how many stages there are; a run that was interrupted has come to fewer. */
export function report(results: readonly StageResult[], all: number): string {
  const rows = results.map(
    ({ name, trouble, seconds }) => `${name.padEnd(8)} ${String(seconds).padStart(5)} s  ${trouble ?? 'passed'}`,
  );
  const failed = results.filter(({ trouble }) => trouble !== undefined).map(({ name }) => name);
  const ended =
    results.length === all ? `all ${all} stages passed` : `interrupted after ${results.length} of ${all} stages`;
  const closing = failed.length === 0 ? ended : `failed in ${failed.join(', ')}`;
  return [...rows, '', `npm test: ${closing}`].join('\n');
}
