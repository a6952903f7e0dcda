/** How long the check of each step takes once it is solved: by itself (without drills) and by the button. */
import { loadLessons } from '#checking/catalogue.ts';
import { openBench, stepName, type BenchOptions } from '../src/authoring/bench.ts';
import { openDriver } from '../src/authoring/engine.ts';
import { readStepScripts } from '../src/authoring/script.ts';
import { bounded, milliseconds, repeat, say, type Figure } from './figures.ts';

/** A step's solution waits for alerts, its drill for failovers: more than this is not waited for. */
const minutesPerStep = 6;
const looksPerStep = 10;

/** One lab a step: prepared and solved once, checked by the button once, then looked at again and again. */
export async function* checks(): AsyncGenerator<Figure> {
  const driver = await openDriver();
  const { lessons } = await loadLessons();
  for (const entry of lessons)
    for (const step of entry.lesson.steps)
      yield bounded(`check ${step.checker.step}`, minutesPerStep, (signal) =>
        checkOf({ driver, entry, step, say: (text) => say(`${step.checker.step}: ${text}`) }, signal),
      );
}

async function checkOf(options: BenchOptions, signal: AbortSignal): Promise<Figure> {
  const { entry, step, say: tell } = options;
  const bench = await openBench(options);
  // Given up: the lab goes, and with it whatever runs in it.
  signal.addEventListener('abort', () => void bench.close(), { once: true });
  try {
    tell('Running its solution');
    await bench.run((await readStepScripts(entry.path, stepName(step))).solution);
    tell('Looking');
    const looks = await repeat(looksPerStep, () => bench.look());
    tell('Checking with its drills');
    const { verdict, evidence } = await bench.check();
    const trouble = verdict.trouble ?? verdict.findings.find(({ state }) => state === 'unmet')?.seen ?? '';
    return {
      what: `check ${step.checker.step}`,
      figure: milliseconds(looks.map((one) => one.verdict.milliseconds)),
      beside: `with its drills ${verdict.milliseconds.toFixed(0)} ms: ${verdict.state} ${trouble}; evidence ${JSON.stringify(evidence).length} bytes`,
    };
  } finally {
    await bench.close();
  }
}
