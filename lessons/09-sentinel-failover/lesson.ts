/** Project step 4: automatic failover with Sentinel, with notifications. */
import { automate } from '#checkers/sentinel-failover.ts';
import { epochQuestion, orderQuestion } from '#checkers/sentinel/questions.ts';
import { defineLesson } from '#checking/lesson.ts';
import { prepareTrio } from '#lessons/trio.ts';

export default defineLesson({
  slug: 'sentinel-failover',
  topology: 'trio',
  steps: [{ checker: automate, minutes: 25, questions: [orderQuestion, epochQuestion] }],
  prepare: (tools) => prepareTrio(tools),
});
