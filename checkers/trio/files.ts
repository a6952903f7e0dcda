/** What the configuration files say of replication: the roles that a restart would give. */
import { lastDirective } from '#checking/directives.ts';
import type { Probe } from '#checking/probe.ts';
import { readConfig } from '#checking/redis-config.ts';
import { hostAt, ofTrio, trio } from './hosts.ts';
import type { OfTrio, TrioHost } from './hosts.ts';

/** What the file says and which host it means; null when the file makes this server a master. */
export type FileRole = { readonly line: string; readonly follows: string } | null;

export const seeFiles = (probe: Probe): Promise<OfTrio<FileRole>> => ofTrio((host) => seeFile(probe, host));

async function seeFile(probe: Probe, host: TrioHost): Promise<FileRole> {
  const text = await readConfig(probe, host);
  const [name, port] = lastDirective(text, 'replicaof', 'slaveof') ?? [];
  if (!name || name.toLowerCase() === 'no') return null;
  return { line: `replicaof ${name} ${port ?? ''}`.trim(), follows: hostAt(probe, name) };
}

/** One complaint for each file that would give another role than this master's trio needs. */
export function wrongFiles(files: OfTrio<FileRole>, master: TrioHost): readonly string[] {
  return trio.flatMap((host) => {
    const file = files[host];
    if (host === master) return file ? [`redis.conf of ${host}, the master, still says ${file.line}`] : [];
    if (file?.follows === master && /\s6379$/.test(file.line)) return [];
    return [`redis.conf of ${host} says ${file?.line ?? 'nothing of replication'}, not replicaof ${master} 6379`];
  });
}
