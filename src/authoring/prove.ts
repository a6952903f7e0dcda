/**
 * The proof of a lesson on the command line, and the recording of its evidence. A second word narrows it to the trials
 * whose 'step/trial' begins so: 'reports', 'reports/wrong/', 'read/solution'.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepName } from './bench.ts';
import { Complaint } from './complaint.ts';
import { openDriver } from './engine.ts';
import { findLesson } from './find-step.ts';
import { brokenRules } from './rules.ts';
import { readStepScripts } from './script.ts';
import { playTrial, trialsOf } from './trials.ts';
import type { ActResult, Trial } from './trials.ts';

export const evidenceFolder = fileURLToPath(new URL('../../checkers/evidence/', import.meta.url));

/** One file under checkers/evidence: what a check saw, and what was found in it. */
export interface RecordedCheck extends Pick<ActResult, 'evidence'> {
  readonly step: string;
  readonly findings: ActResult['verdict']['findings'];
}

export async function prove([lessonWord, only = '']: readonly string[], record: boolean): Promise<number> {
  const entry = await findLesson(lessonWord);
  const driver = await openDriver();
  let failures = 0;
  const trials = await trialsOf(entry);
  const chosen = trials.filter((trial) => `${stepName(trial.step)}/${trial.name}`.startsWith(only));
  if (chosen.length === 0) throw new Complaint(`${entry.lesson.slug} has no trial that begins with "${only}"`);
  for (const step of new Set(chosen.map((trial) => trial.step))) {
    for (const rule of brokenRules(step, await readStepScripts(entry.path, stepName(step)))) {
      failures += 1;
      console.log(`✗ ${step.checker.step}: ${rule}`);
    }
  }
  for (const trial of chosen) {
    const started = Date.now();
    const results = await playTrial(driver, entry, trial);
    for (const { act, verdict, complaint } of results) {
      if (complaint) failures += 1;
      console.log(
        complaint
          ? `✗ ${trial.step.checker.step} ${complaint}`
          : `✓ ${trial.step.checker.step} ${act.name}: ${verdict.state}`,
      );
    }
    console.log(`  ${trial.name} took ${((Date.now() - started) / 1_000).toFixed(1)} s`);
    const right = results.filter((result) => result.complaint === undefined);
    if (record) await Promise.all(right.map((result) => write(entry.lesson.slug, trial, result)));
  }
  return failures ? 1 : 0;
}

async function write(slug: string, trial: Trial, { act, evidence, verdict }: ActResult): Promise<void> {
  const path = join(evidenceFolder, slug, `${stepName(trial.step)}.${act.name}.json`);
  const recorded: RecordedCheck = { step: verdict.step, evidence, findings: verdict.findings };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(recorded, null, 2)}\n`);
}
