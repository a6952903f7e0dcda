/** The replicating trio that half of the lessons start from: redis-1 is the master, the roles are in the files. */
import type { PrepareTools } from '#checking/lesson.ts';
import type { HostName } from '#sandbox/topologies.ts';

export const trioHosts = ['redis-1', 'redis-2', 'redis-3'] as const satisfies readonly HostName[];

export interface TrioOptions {
  /** Lines added to the end of every host's redis.conf before its first start. */
  readonly config?: readonly string[];
}

/** Starts Redis on all three hosts as a service, reachable by name, and waits until both replicas are in step. */
export async function prepareTrio(tools: PrepareTools, { config = [] }: TrioOptions = {}): Promise<void> {
  tools.say('Starting three Redis servers: redis-1 is the master');
  await Promise.all(
    trioHosts.map((host) => {
      const replicaof = host === 'redis-1' ? [] : ['replicaof redis-1 6379'];
      return tools.run(host, startRedis, { input: [...replicaof, ...config].map((line) => `${line}\n`).join('') });
    }),
  );
  tools.say('Waiting until both replicas have their first copy');
  await tools.waitFor('two replicas of redis-1 with their links up', () => replicasOnline(tools, 2));
  await Promise.all(
    trioHosts.map((host) => tools.redis(host, ['CONFIG', 'SET', 'repl-diskless-sync-delay', DEFAULT_SYNC_DELAY])),
  );
}

/** True when the master on redis-1 counts this many replicas as online. */
export async function replicasOnline(tools: PrepareTools, count: number): Promise<boolean> {
  const answer = await tools.redis('redis-1', ['INFO', 'replication']);
  return answer.ok && typeof answer.value === 'string' && answer.value.split('state=online').length - 1 === count;
}

const DEFAULT_SYNC_DELAY = 5;

/**
 * A master waits five seconds for more replicas before it sends the first copy. The learner shall not wait for that, so
 * the first start has no delay; it is the running server's setting only, and the default is put back afterwards.
 */
const startRedis = `
set -e
conf=/etc/redis/redis.conf
sed -i -e 's/^bind .*/bind 0.0.0.0/' -e 's/^protected-mode .*/protected-mode no/' $conf
cat >> $conf
systemctl enable redis-server
systemctl start redis-server
for attempt in $(seq 50); do
  redis-cli config set repl-diskless-sync-delay 0 > /dev/null 2>&1 && exit 0
  sleep 0.1
done
echo "Redis does not answer on $(hostname)" >&2
exit 1
`;
