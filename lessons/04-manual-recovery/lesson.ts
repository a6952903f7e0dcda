/** Principle 4: the master fails where no Sentinel watches, and the learner brings the trio back by hand. */
import { promote } from '#checkers/manual-recovery.ts';
import { defineLesson } from '#checking/lesson.ts';
import { prepareTrio } from '#lessons/trio.ts';

export default defineLesson({
  slug: 'manual-recovery',
  topology: 'trio',
  steps: [
    {
      checker: promote,
      minutes: 15,
      questions: [
        {
          id: 'switch-offset',
          asks: 'At which offset did the new master leave the old history and begin its own (second_repl_offset)?',
        },
        {
          id: 'which-replica',
          asks: 'A master has died. redis-2 stands at offset 88 410, redis-3 at offset 91 022. Which do you promote?',
          choices: [
            { value: 'redis-2', text: 'redis-2, because it comes first' },
            { value: 'redis-3', text: 'redis-3, because it has received more of the writes' },
            { value: 'either', text: 'Either: replicas are all the same' },
          ],
        },
      ],
    },
  ],
  prepare: (tools) => prepareTrio(tools),
});
