/** alerts: one Redis and a monitor; a rule on memory and the way of its alert into an inbox. */
import { defineLesson } from '#checking/lesson.ts';
import { notify } from '#checkers/alerts.ts';
import { startRedis } from '../redis.ts';

export default defineLesson({
  slug: 'alerts',
  topology: 'single+monitor',
  steps: [
    {
      checker: notify,
      minutes: 25,
      questions: [
        {
          id: 'delay',
          asks: 'With your settings, how many seconds may pass at most between the moment when memory crosses the threshold and the notification?',
          unit: 's',
        },
        {
          id: 'zero',
          asks: 'Without a limit, redis_memory_max_bytes is 0. What does used / 0 > 0.8 do in a rule?',
          choices: [
            { value: 'never', text: 'It never fires: nothing can be divided by zero.' },
            { value: 'inf', text: 'It fires all the time: the result is +Inf, which is more than any threshold.' },
            { value: 'error', text: 'The rule fails, and Prometheus reports an error.' },
          ],
        },
      ],
    },
  ],
  async prepare(tools) {
    tools.say('Starting Redis on redis-1');
    await startRedis(tools, 'redis-1');
  },
});
