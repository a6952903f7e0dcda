/** A configuration file as Redis reads it, with the files that it includes in their places. */
import type { HostName } from '#sandbox/topologies.ts';
import type { Probe } from './probe.ts';

const deepest = 5;
/** Files that a pattern may bring in: more than any real configuration has. */
const mostMatches = 20;

/** Empty when there is no such file. */
export async function readConfig(
  machine: Pick<Probe, 'run'>,
  host: HostName,
  path = '/etc/redis/redis.conf',
  depth = 0,
): Promise<string> {
  const { stdout: text } = await machine.run(host, ['cat', '--', path]);
  const lines = await Promise.all(
    text.split('\n').map(async (line) => {
      const included = /^\s*include\s+["']?([^\s"']+)["']?\s*$/i.exec(line)?.[1];
      if (included === undefined || depth >= deepest) return line;
      const paths = await matching(machine, host, included);
      const parts = await Promise.all(paths.map((part) => readConfig(machine, host, part, depth + 1)));
      return parts.join('\n');
    }),
  );
  return lines.join('\n');
}

/** Since version 7 Redis takes patterns in `include`, in the order of the names. */
async function matching(machine: Pick<Probe, 'run'>, host: HostName, path: string): Promise<readonly string[]> {
  if (!/[*?[]/.test(path)) return [path];
  const list = 'for file in $1; do printf "%s\\n" "$file"; done';
  const { stdout } = await machine.run(host, ['bash', '-O', 'nullglob', '-c', list, 'list', path]);
  return stdout.split('\n').filter(Boolean).slice(0, mostMatches);
}
