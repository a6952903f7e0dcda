/** How long the check of each step takes once it is solved: by itself (without drills) and by the button. */
import { loadLessons } from '#checking/catalogue.ts';
import { openBench, stepName } from '../src/authoring/bench.ts';
import { openDriver } from '../src/authoring/engine.ts';
import { readStepScripts } from '../src/authoring/script.ts';
import { milliseconds, repeat, type Figure } from './figures.ts';

export async function checks(): Promise<readonly Figure[]> {
  const driver = await openDriver();
  const { lessons } = await loadLessons();
  const figures: Figure[] = [];
  for (const entry of lessons)
    for (const step of entry.lesson.steps) {
      const bench = await openBench({ driver, entry, step, say: () => undefined });
      try {
        await bench.run((await readStepScripts(entry.path, stepName(step))).solution);
        const { verdict, evidence } = await bench.check();
        const looks = await repeat(5, () => bench.look());
        figures.push({
          what: `check ${step.checker.step} (${verdict.state})`,
          figure: milliseconds(looks.map((one) => one.verdict.milliseconds)),
          beside: `with its drills ${verdict.milliseconds.toFixed(0)} ms, evidence ${JSON.stringify(evidence).length} bytes`,
        });
      } finally {
        await bench.close();
      }
    }
  return figures;
}
