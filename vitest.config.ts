import { defineConfig } from 'vitest/config';

/**
 * Two kinds of tests: `unit` needs nothing but Node; `engine` (*.engine.test.ts) needs a Docker engine and the lab image.
 */
export default defineConfig({
  test: {
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
          include: ['{src,sandbox,checkers,lessons}/**/*.engine.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          maxWorkers: 3,
        },
      },
    ],
  },
});
