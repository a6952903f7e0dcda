/** What every step must have before any lab is made, said to its author. */
import type { LessonStep } from '#checking/lesson.ts';
import type { StepScripts } from './script.ts';

/** The rules that the step breaks, a sentence each. */
export function brokenRules(
  { checker, questions = [] }: LessonStep,
  { solution, undo, wrong }: StepScripts,
): readonly string[] {
  const broken: string[] = [];
  const ids = checker.criteria.map(({ id }) => id);
  if (ids.length < 3 || ids.length > 8) broken.push(`it has ${ids.length} criteria; a step has three to eight`);
  if (!undo) broken.push('undo.sh is missing: take back something essential, so that the checker says no again');
  if (wrong.length < 2)
    broken.push(`wrong/ has ${wrong.length} scripts; write at least two that look done and are not`);
  for (const { path, expects } of wrong)
    if (expects.length === 0)
      broken.push(`${path} does not say what it must get; write "# expect: <criterion>: <part of what is seen>"`);
  for (const { path, expects } of undo ? [undo, ...wrong] : wrong)
    for (const { criterion } of expects)
      if (!ids.includes(criterion))
        broken.push(`${path} says "# expect: ${criterion}: …"; the criteria are ${ids.join(', ')}`);
  const answered = new Set([...solution.text.matchAll(/\banswer ([a-z]\S*)/g)].map(([, question = '']) => question));
  const asked = new Set(questions.map(({ id }) => id));
  for (const question of asked.difference(answered))
    broken.push(`${solution.path} does not answer the question "${question}"; write "answer ${question} <value>"`);
  for (const question of answered.difference(asked))
    broken.push(`${solution.path} answers "${question}", which lesson.ts does not ask`);
  return broken;
}
