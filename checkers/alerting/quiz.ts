/** Questions whose answers come from the learner's own settings, or from understanding them. */
import { unmet, type Finding } from '#checking/define.ts';
import { delaysOf, sum, untilTold } from './delays.ts';
import type { AlertingEvidence } from './evidence.ts';
import { memoryAlerts } from './rules.ts';

/** The longest time from the crossing of the threshold to the notification, in seconds. */
export function judgeDelay(evidence: AlertingEvidence, question: string): Finding | undefined {
  const answer = evidence.answers[question]?.trim();
  const delays = delaysOf(evidence, memoryAlerts(evidence));
  const right = untilTold(delays);
  if (!answer)
    return unmet(
      'The question about the delay is not answered yet.',
      'Add up every wait on the way from the server to the inbox.',
    );
  if (Math.abs(Number(answer.replace(',', '.')) - right) <= 1) return undefined;
  return unmet(
    `${answer} s is not what your settings add up to.`,
    'Four waits: until the next scrape, until the next evaluation, "for" of the rule, group_wait of the route.',
  );
}

export const rightDelay = (evidence: AlertingEvidence): string => {
  const delays = delaysOf(evidence, memoryAlerts(evidence));
  return `${untilTold(delays)} s (${sum(delays)})`;
};

export function judgeChoice(
  evidence: AlertingEvidence,
  question: string,
  right: string,
  tryThis: string,
): Finding | undefined {
  const answer = evidence.answers[question];
  if (!answer) return unmet('One question is not answered yet.', 'Choose one of the answers below the steps.');
  return answer === right ? undefined : unmet('One of your answers is not right.', tryThis);
}
