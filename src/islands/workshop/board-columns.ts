/** The board's columns: a whole course has more steps than a screen has room, so lessons fold into one column each. */
import type { CellView, RowView, StepSummary } from '#shared/board.ts';

export interface LessonColumns {
  readonly lesson: string;
  /** Where its first step stands in a row's cells. */
  readonly from: number;
  readonly steps: readonly StepSummary[];
}

export const lessonOf = (step: string): string => step.slice(0, step.indexOf('/'));
export const nameOf = (step: string): string => step.slice(step.indexOf('/') + 1);

export function columnsOf(steps: readonly StepSummary[]): readonly LessonColumns[] {
  const lessons = [...Map.groupBy(steps, ({ step }) => lessonOf(step))];
  return lessons.map(([lesson, own]) => ({ lesson, steps: own, from: own[0] ? steps.indexOf(own[0]) : 0 }));
}

/** The lesson that most of the class is in, else the first: what is unfolded until the instructor says otherwise. */
export function lessonOfClass(rows: readonly Pick<RowView, 'step'>[], columns: readonly LessonColumns[]): string {
  const at = Map.groupBy(
    rows.flatMap(({ step }) => (step === undefined ? [] : [lessonOf(step)])),
    (lesson) => lesson,
  );
  const [most] = [...at.entries()].toSorted(([, a], [, b]) => b.length - a.length);
  return most?.[0] ?? columns[0]?.lesson ?? '';
}

export const isThrough = ({ state }: CellView): boolean => state === 'done' || state === 'skipped';
