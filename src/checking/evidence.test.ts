/** What real checks saw is judged again: a judge that says something else than it did then fails here, without a lab. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { FindingView } from '#shared/wire.ts';
import { loadLessons } from './catalogue.ts';
import { judge } from './judge.ts';
import type { CheckEvidence } from './judge.ts';

interface RecordedCheck {
  readonly step: string;
  readonly evidence: CheckEvidence;
  readonly findings: readonly FindingView[];
}

const folder = fileURLToPath(new URL('../../checkers/evidence/', import.meta.url));
const files = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  : [];
const { lessons } = await loadLessons();
const checkers = new Map(
  lessons.flatMap(({ lesson }) => lesson.steps.map(({ checker }) => [checker.step, checker] as const)),
);

test('there are recorded checks', () => expect(files.length).toBeGreaterThan(0));

test.each(files)('%s', (file) => {
  const recorded = JSON.parse(readFileSync(join(folder, file), 'utf8')) as RecordedCheck;
  const checker = checkers.get(recorded.step);
  expect(checker, `no lesson has the step ${recorded.step}`).toBeDefined();
  if (checker) expect(judge(checker, recorded.evidence)).toEqual(recorded.findings);
});
