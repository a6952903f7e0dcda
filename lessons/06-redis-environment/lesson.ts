/** Project step 1: three bare hosts become one master and two replicas. */
import { defineLesson } from '#checking/lesson.ts';
import { replicate } from '#checkers/redis-environment.ts';

export default defineLesson({
  slug: 'redis-environment',
  topology: 'trio-bare',
  steps: [
    {
      checker: replicate,
      minutes: 25,
      questions: [
        {
          id: 'backlog',
          asks: 'How many bytes of recent writes does redis-1 keep for a replica that was away (repl_backlog_size)?',
          unit: 'bytes',
        },
        {
          id: 'typed',
          asks: 'Somebody types REPLICAOF redis-1 6379 into redis-cli on redis-2, and does nothing else. What is redis-2 after its next restart?',
          choices: [
            { value: 'replica', text: 'A replica of redis-1, as before.' },
            { value: 'master', text: 'A master on its own, with the data it had.' },
            { value: 'refuses', text: 'It does not start, because its role is missing.' },
          ],
        },
      ],
    },
  ],
  async prepare(tools) {
    tools.say('Three bare Debian hosts are ready: nothing is installed yet');
  },
});
