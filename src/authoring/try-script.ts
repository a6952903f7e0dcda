/** One script, one fresh lab, one check: what an author does most. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBench, stepName } from './bench.ts';
import { Complaint, verdictText } from './complaint.ts';
import { openDriver } from './engine.ts';
import { findStep } from './find-step.ts';
import { readScript } from './script.ts';

export async function tryScript(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { expect: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const { expect, json } = values;
  if (expect !== undefined && expect !== 'met' && expect !== 'unmet') {
    throw new Complaint(`--expect is "${expect}"; it must be met or unmet`);
  }
  const { entry, step } = await findStep(positionals[0]);
  const path = positionals[1];
  const script = path === undefined ? undefined : await readScript(path, join(entry.path, 'steps', stepName(step)));
  const say = (text: string) => json || console.error(`· ${text}`);
  const bench = await openBench({ driver: await openDriver(), entry, step, say });
  try {
    if (script) {
      say(`Running ${script.path} on ${script.host}`);
      const output = await bench.run(script);
      if (!json) console.error(`${output.stdout}${output.stderr}`.trimEnd());
      say(`It ended with ${output.timedOut ? 'a timeout' : output.code}. Checking`);
    }
    const { verdict, evidence } = await bench.check();
    console.log(
      json
        ? JSON.stringify({ verdict, evidence }, null, 2)
        : `${verdict.step}: ${verdict.state}\n${verdictText(verdict)}`,
    );
    if (verdict.state === 'failed') return 2;
    return expect === undefined || verdict.state === expect ? 0 : 1;
  } finally {
    await bench.close();
  }
}
