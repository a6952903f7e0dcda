/** Three Sentinels on duty over a trio that `prepareTrio` has made. */
import type { PrepareTools } from '#checking/lesson.ts';
import { trioHosts } from '#lessons/trio.ts';

/** Writes every Sentinel's file, starts them as services, and waits until each knows both replicas and both others. */
export async function prepareSentinels(tools: PrepareTools): Promise<void> {
  tools.say('Starting three Sentinels');
  await Promise.all(trioHosts.map((host) => tools.run(host, startSentinel, { input: sentinelConf })));
  tools.say('Waiting until the Sentinels know each other');
  await tools.waitFor(
    'three Sentinels that know two replicas and each other',
    async () => (await Promise.all(trioHosts.map((host) => knowsAll(tools, host)))).every(Boolean),
    20_000,
  );
}

async function knowsAll(tools: PrepareTools, host: (typeof trioHosts)[number]): Promise<boolean> {
  const answer = await tools.redis(host, ['INFO', 'sentinel'], 26379);
  return answer.ok && String(answer.value).includes('slaves=2,sentinels=3');
}

const sentinelConf = `port 26379
daemonize yes
pidfile /run/sentinel/redis-sentinel.pid
logfile /var/log/redis/redis-sentinel.log
dir /var/lib/redis
protected-mode no
sentinel resolve-hostnames yes
sentinel monitor mymaster redis-1 6379 2
sentinel down-after-milliseconds mymaster 5000
sentinel failover-timeout mymaster 15000
sentinel parallel-syncs mymaster 1
`;

const startSentinel = `
set -e
cat > /etc/redis/sentinel.conf
chown redis:redis /etc/redis/sentinel.conf
systemctl enable redis-sentinel
systemctl start redis-sentinel
`;
