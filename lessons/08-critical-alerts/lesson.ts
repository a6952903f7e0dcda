/** critical-alerts: the trio, watched by Prometheus; its alerts are still to be made and to be delivered. */
import { defineLesson } from '#checking/lesson.ts';
import { notify, rules } from '#checkers/critical-alerts.ts';
import { startMonitoring } from '../monitor.ts';
import { prepareTrio } from '../trio.ts';

export default defineLesson({
  slug: 'critical-alerts',
  topology: 'trio+monitor',
  steps: [
    { checker: rules, minutes: 20 },
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
          id: 'night',
          asks: 'All three servers run out of memory within the same second. With group_by: [alertname], how many messages does each channel get for that at first?',
          choices: [
            { value: 'three', text: 'Three, one for each server.' },
            { value: 'one', text: 'One, with three alerts in it.' },
            { value: 'none', text: 'None until one of them is over.' },
          ],
        },
      ],
    },
  ],
  async prepare(tools) {
    await Promise.all([prepareTrio(tools), startMonitoring(tools)]);
  },
});
