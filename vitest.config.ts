import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Proofs of lessons first, those with the most scripts before the others: they take minutes, and a long one that begins
 * last is waited for alone. A clean clone has no times of an earlier run to go by.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const trials = ({ moduleId }: TestSpecification) =>
      moduleId.endsWith('/proof.engine.test.ts') ? globSync(join(dirname(moduleId), 'steps/**/*.sh')).length : 0;
    return (await super.sort(files)).toSorted((one, other) => trials(other) - trials(one));
  }
}

/**
 * Two kinds of tests: `unit` needs nothing but Node; `engine` (*.engine.test.ts) needs a Docker engine and the lab image.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,sandbox,checkers,lessons,setup,bench}/**/*.test.ts'],
          exclude: ['**/*.engine.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: ['{src,sandbox,checkers,lessons,setup}/**/*.engine.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // A trial is at work for a third of its time and waits for the rest (an alert, a failover): four at a time
          // keep two cores busy and leave them air.
          maxWorkers: 2,
          maxConcurrency: 2,
        },
      },
    ],
  },
});
