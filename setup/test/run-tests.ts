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

  console.log(`\n${report(results)}`);
  if (interrupted.signal.aborted) console.log('npm test: interrupted');
  process.exit(results.length === all.length && results.every(({ trouble }) => trouble === undefined) ? 0 : 1);
}

async function sweep(): Promise<void> {
  const swept = await sweepLeftovers(await connectEngine());
  if (swept > 0) console.log(`Swept ${swept} lab(s) that a killed test run had left.`);
}

export function report(results: readonly StageResult[]): string {
  const rows = results.map(
    ({ name, trouble, seconds }) => `${name.padEnd(8)} ${String(seconds).padStart(5)} s  ${trouble ?? 'passed'}`,
  );
  const failed = results.filter(({ trouble }) => trouble !== undefined).map(({ name }) => name);
  const closing = failed.length === 0 ? `all ${results.length} stages passed` : `failed in ${failed.join(', ')}`;
  return [...rows, '', `npm test: ${closing}`].join('\n');
}
