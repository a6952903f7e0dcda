/** monitoring: a replicating trio, and a monitor on which everything is still to be installed. */
import { defineLesson } from '#checking/lesson.ts';
import { watch } from '#checkers/monitoring.ts';
import { prepareTrio } from '../trio.ts';

export default defineLesson({
  slug: 'monitoring',
  topology: 'trio+bare-monitor',
  steps: [
    {
      checker: watch,
      minutes: 30,
      questions: [
        {
          id: 'samples',
          asks: 'With your scrape_interval, how many samples of redis_up does Prometheus store in an hour, for the three servers together?',
          unit: 'samples',
        },
        {
          id: 'gone',
          asks: 'The host of a replica has lost its network. Which expression tells you so?',
          choices: [
            { value: 'link', text: 'redis_master_link_up == 0' },
            { value: 'up', text: 'up == 0' },
            { value: 'clients', text: 'redis_connected_clients == 0' },
          ],
        },
      ],
    },
  ],
  prepare: (tools) => prepareTrio(tools),
});
