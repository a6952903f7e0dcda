/** Judges the answers to a step's questions together, as one criterion. */
import { met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';

export interface Expected {
  /** The question's id in the lesson. */
  readonly id: string;
  /** How the question is called in a finding: "the offset of the switch". */
  readonly about: string;
  readonly isRight: (answer: string) => boolean;
  /** Where the right answer can be found; never the answer itself. */
  readonly lookAt: string;
  /** Why the right answer is right: said to whoever has given it. */
  readonly because?: string;
  /** What is wrong with a wrong answer, by the answer; each wrong choice has one. */
  readonly mistakes?: Readonly<Record<string, string>>;
}

export function judgeAnswers(answers: Readonly<Record<string, string>>, expected: readonly Expected[]): Finding {
  const given = (id: string) => answers[id]?.trim() ?? '';
  const wrong = expected.filter(({ id, isRight }) => !isRight(given(id)));
  const [first] = wrong;
  const reasons = expected.flatMap(({ because }) => because ?? []);
  if (!first) return met(reasons.join(' ') || 'Every question is answered right.');
  const said = wrong.map(({ id, about, mistakes = {} }) =>
    given(id) ? `${about}: ${mistakes[given(id)] ?? `${given(id)} is not right`}` : `${about}: no answer yet`,
  );
  return unmet(`${said.join('; ')}.`, first.lookAt);
}

export const exactly =
  (right: string) =>
  (answer: string): boolean =>
    answer === right;

export const wholeNumber =
  (right: number) =>
  (answer: string): boolean =>
    wholeIn(answer) === right;

/** Digits may be grouped with spaces, commas or points, and a unit may follow: "1,048,576 bytes". NaN when it is no number. */
export function wholeIn(answer: string): number {
  const [, digits = ''] = /^(\d[\d\s.,]*)[a-z%/\s]*$/i.exec(answer.trim()) ?? [];
  return digits === '' ? NaN : Number(digits.replaceAll(/\D/g, ''));
}

/** With a point or a comma before the decimals, and perhaps a unit: "17,5 s". NaN when it is no number. */
export function decimalIn(answer: string): number {
  const [, digits = ''] = /^(-?\d+(?:[.,]\d+)?)[a-z%/\s]*$/i.exec(answer.trim()) ?? [];
  return digits === '' ? NaN : Number(digits.replace(',', '.'));
}
