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
}

export function judgeAnswers(answers: Readonly<Record<string, string>>, expected: readonly Expected[]): Finding {
  const wrong = expected.filter(({ id, isRight }) => !isRight(answers[id]?.trim() ?? ''));
  const [first] = wrong;
  if (!first) return met('Every question is answered right.');
  const said = wrong.map(({ id, about }) =>
    answers[id]?.trim() ? `${about}: ${answers[id]} is not right` : `${about}: no answer yet`,
  );
  return unmet(`${said.join('; ')}.`, first.lookAt);
}

export const exactly =
  (right: string) =>
  (answer: string): boolean =>
    answer === right;

/** Digits may be grouped with spaces, commas or points. */
export const wholeNumber =
  (right: number) =>
  (answer: string): boolean =>
    /^[\d\s.,]+$/.test(answer) && Number(answer.replaceAll(/\D/g, '')) === right;
