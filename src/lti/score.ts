/** A learner's progress as a score of Assignment and Grade Services 2.0. Pure. */

export interface Score {
  readonly timestamp: string;
  readonly scoreGiven: number;
  readonly scoreMaximum: number;
  readonly activityProgress: 'InProgress' | 'Completed';
  /** Platforms show only what is fully graded; nobody here grades later, so it always is. */
  readonly gradingProgress: 'FullyGraded';
  readonly userId: string;
}

/** @param at a platform refuses a score that is not younger than the one it has. */
export const scoreOf = (subject: string, given: number, maximum: number, at: Date): Score => ({
  timestamp: at.toISOString(),
  scoreGiven: given,
  scoreMaximum: maximum,
  activityProgress: given === maximum ? 'Completed' : 'InProgress',
  gradingProgress: 'FullyGraded',
  userId: subject,
});

/** Scores are posted under the line item; its address may have a query, which stays. */
export function scoresAddress(lineItem: string): string {
  const url = new URL(lineItem);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/scores`;
  return url.href;
}
