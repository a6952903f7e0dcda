/** Project step 5: a failover by hand, although three Sentinels are on duty. */
import { failover } from '#checkers/manual-failover.ts';
import { defineLesson } from '#checking/lesson.ts';
import { prepareSentinels } from '#lessons/sentinels.ts';
import { prepareTrio } from '#lessons/trio.ts';

export default defineLesson({
  slug: 'manual-failover',
  topology: 'trio',
  steps: [
    {
      checker: failover,
      minutes: 20,
      questions: [
        {
          id: 'full-syncs',
          asks: 'How many full copies of its data has the new master had to send (sync_full in INFO stats)?',
        },
        {
          id: 'old-file',
          asks: 'You have promoted redis-2 by hand, and redis-1 is switched off. All three Sentinels start with files that still name redis-1. What follows?',
          choices: [
            { value: 'learns', text: 'Nothing: they ask around and find the new master' },
            { value: 'fails-over', text: 'They wait, hold their master for dead, and make a failover of their own' },
            { value: 'stops', text: 'They end, because their files are out of date' },
          ],
        },
      ],
    },
  ],
  async prepare(tools) {
    await prepareTrio(tools);
    await prepareSentinels(tools);
  },
});
