/** What an author reads when a check did not say what it should. */
import type { CheckResult } from '#checking/run.ts';
import type { CommandResult } from '#sandbox/driver.ts';
import type { VerdictView } from '#shared/wire.ts';
import type { Act } from './trials.ts';

/** A mistake of the author's that needs no stack to be understood. */
export class Complaint extends Error {
  override name = 'Complaint';
}

export function complaint(act: Act, { verdict }: CheckResult, output?: CommandResult): string | undefined {
  const missing = (act.script?.expects ?? []).filter(
    ({ criterion, seen }) =>
      !verdict.findings.some((f) => f.criterion === criterion && f.state === 'unmet' && f.seen.includes(seen)),
  );
  if (verdict.state === act.expect && missing.length === 0) return undefined;
  return [
    verdict.state === act.expect
      ? `${act.name}: the verdict is ${verdict.state}, but not for the expected reason`
      : `${act.name}: the verdict is ${verdict.state}, but must be ${act.expect}`,
    ...missing.map(({ criterion, seen }) => `  expected of ${criterion}: "${seen}"`),
    verdictText(verdict),
    ...(output ? [`  the script ended with ${output.code}:`, tail(`${output.stdout}${output.stderr}`)] : []),
  ].join('\n');
}

export function verdictText(verdict: VerdictView): string {
  const marks = { met: '✓', unmet: '✗', waiting: '…', unverifiable: '?' } as const;
  const lines = verdict.findings.flatMap((finding) => [
    `  ${marks[finding.state]} ${finding.criterion}: ${finding.seen}`,
    ...(finding.tryThis ? [`      try: ${finding.tryThis}`] : []),
  ]);
  if (verdict.trouble) lines.push(`  ! ${verdict.trouble}`);
  return lines.join('\n');
}

const tail = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .slice(-25)
    .map((line) => `  | ${line}`)
    .join('\n');
