/** Principle 3: three Sentinels take over when the master is lost. */
import { watch } from '#checkers/sentinel.ts';
import { leaderQuestion, majorityQuestion } from '#checkers/sentinel/questions.ts';
import { defineLesson } from '#checking/lesson.ts';
import { prepareTrio } from '#lessons/trio.ts';

export default defineLesson({
  slug: 'sentinel',
  topology: 'trio',
  steps: [{ checker: watch, minutes: 20, questions: [leaderQuestion, majorityQuestion] }],
  prepare: (tools) => prepareTrio(tools),
});
