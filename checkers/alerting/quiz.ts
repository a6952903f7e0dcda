/** The question whose answer comes from the learner's own settings. */
import { decimalIn } from '#checkers/questions.ts';
import { met, unmet, type Finding } from '#checking/define.ts';
import { delaysOf, sum, untilTold } from './delays.ts';
import type { AlertingEvidence } from './evidence.ts';
import { memoryAlerts } from './rules.ts';

/** The longest time from the crossing of the threshold to the notification, in seconds: question `delay`. */
export function judgeDelay(evidence: AlertingEvidence): Finding {
  const answer = evidence.answers['delay']?.trim();
  const delays = delaysOf(evidence, memoryAlerts(evidence));
  const right = untilTold(delays);
  if (!answer) return unmet('Not answered yet.', 'Add up every wait on the way from the server to the inbox.');
  if (Math.abs(decimalIn(answer) - right) <= 1) return met(`${right} s: ${sum(delays)}.`);
  return unmet(
    `${answer} is not what your settings add up to, in seconds.`,
    'Four waits: until the next scrape, until the next evaluation, "for" of the rule, group_wait of the route.',
  );
}
