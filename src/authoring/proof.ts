/** The two-sided proof of a lesson as tests: `proveLesson(import.meta.url)` is all that stands beside a lesson. */
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadLessons } from '#checking/catalogue.ts';
import { openDriver } from './engine.ts';
import { playTrial, trialsOf } from './trials.ts';
import { stepName } from './bench.ts';

/** Longest that one trial may take: a failover to wait for, alerts to fire and to resolve, and a shared machine. */
const trialTime = 300_000;

export async function proveLesson(testFile: string): Promise<void> {
  const folder = basename(dirname(fileURLToPath(testFile)));
  const { lessons, broken } = await loadLessons();
  const entry = lessons.find((lesson) => lesson.folder === folder);
  if (!entry) throw new Error(broken.find((lesson) => lesson.folder === folder)?.trouble ?? `no lesson in ${folder}`);
  const driver = await openDriver();
  for (const step of entry.lesson.steps) {
    const trials = (await trialsOf(entry)).filter((trial) => trial.step === step);
    // Each trial has a lab of its own, and most of its time is waiting.
    describe.concurrent(stepName(step), () => {
      test.each(trials)('$name', { timeout: trialTime }, async (trial) => {
        const results = await playTrial(driver, entry, trial);
        const complaint = results.find((result) => result.complaint)?.complaint;
        if (complaint) throw new Error(complaint);
        expect(results.map((result) => result.verdict.state)).toEqual(trial.acts.map((act) => act.expect));
      });
    });
  }
}
