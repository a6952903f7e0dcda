/** Principle 5: one Redis with data and Debian's defaults, which keep snapshots only. */
import { appendOnly } from '#checkers/persistence.ts';
import { defineLesson } from '#checking/lesson.ts';
import { startRedis } from '#lessons/redis.ts';

export default defineLesson({
  slug: 'persistence',
  topology: 'single',
  steps: [
    {
      checker: appendOnly,
      minutes: 15,
      questions: [
        {
          id: 'copy',
          asks: 'How many keys did the copy have after appendonly yes in its file and a restart?',
          unit: 'keys',
        },
        {
          id: 'everysec',
          asks: 'With appendfsync everysec the whole machine loses its power. What may be gone?',
          choices: [
            { value: 'nothing', text: 'Nothing: every write is in the file' },
            { value: 'second', text: 'About the last second of writes' },
            { value: 'snapshot', text: 'Everything since the last snapshot' },
          ],
        },
      ],
    },
  ],
  async prepare(tools) {
    tools.say('Starting Redis with snapshots only');
    await startRedis(tools, 'redis-1');
  },
});
