/** One Redis as a service, reachable by name from the other hosts of the lab. */
import type { PrepareTools } from '#checking/lesson.ts';
import type { HostName } from '#sandbox/topologies.ts';

export async function startRedis(tools: PrepareTools, host: HostName): Promise<void> {
  await tools.run(
    host,
    `sed -i -e 's/^bind .*/bind 0.0.0.0/' -e 's/^protected-mode .*/protected-mode no/' /etc/redis/redis.conf
     systemctl enable --now redis-server`,
  );
  await tools.waitFor(`Redis on ${host}`, async () => (await tools.redis(host, ['PING'])).ok);
}
