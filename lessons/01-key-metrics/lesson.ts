/** Principle 1: what INFO says of a Redis that is at work. */
import { defineLesson } from '#checking/lesson.ts';
import { read, reports } from '#checkers/key-metrics.ts';
import { catalogue, openShop, someShop } from './workload.ts';

const startRedis = `
set -e
cd /etc/redis
sed -i -e 's/^bind .*/bind 0.0.0.0/' -e 's/^protected-mode .*/protected-mode no/' redis.conf
printf 'maxmemory 96mb\\nmaxmemory-policy allkeys-lru\\nsave ""\\n' >> redis.conf
systemctl enable --now redis-server
`;

export default defineLesson({
  slug: 'key-metrics',
  topology: 'single',
  steps: [
    { checker: reports, minutes: 8 },
    {
      checker: read,
      minutes: 15,
      questions: [
        { id: 'busiest', asks: 'Which command does the application call most often?' },
        { id: 'slowest', asks: 'Which command takes the most time per call?' },
        { id: 'blocked', asks: 'How many clients wait in a blocking command?', unit: 'clients' },
        { id: 'memory', asks: 'What share of its memory limit does Redis use?', unit: '%' },
        {
          id: 'operations',
          asks: 'How many commands per second did Redis process between your two reports?',
          unit: 'per second',
        },
        { id: 'hits', asks: 'What share of the key look-ups found their key?', unit: '%' },
        { id: 'growth', asks: 'How fast did used_memory grow between your two reports?', unit: 'KiB per second' },
      ],
    },
  ],
  async prepare(tools) {
    tools.say('Starting Redis');
    await tools.run('redis-1', startRedis);
    await tools.waitFor('Redis on redis-1', async () => (await tools.redis('redis-1', ['PING'])).ok);
    const shop = someShop();
    tools.say('Filling the catalogue of a shop');
    await tools.run('outside', catalogue(shop));
    tools.say('Opening the shop: its clients begin to work');
    await tools.run('outside', openShop(shop));
    await tools.waitFor('the first visits', async () => (await tools.redis('redis-1', ['EXISTS', 'visit:20'])).ok);
  },
});
