/** A configuration file as Redis reads it, with the files that it includes in their places. */
import type { HostName } from '#sandbox/topologies.ts';
import type { Probe } from './probe.ts';

const deepest = 5;

/** Empty when there is no such file. */
export async function readConfig(
  probe: Pick<Probe, 'readFile'>,
  host: HostName,
  path = '/etc/redis/redis.conf',
  depth = 0,
): Promise<string> {
  const text = (await probe.readFile(host, path)) ?? '';
  const lines = await Promise.all(
    text.split('\n').map((line) => {
      const included = /^\s*include\s+"?([^\s"]+)"?\s*$/i.exec(line)?.[1];
      return included && depth < deepest ? readConfig(probe, host, included, depth + 1) : line;
    }),
  );
  return lines.join('\n');
}
