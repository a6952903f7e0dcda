/** What INFO says of a Redis, as the picture shows it. */
import { parseInfo } from '#checking/info-report.ts';
import type { RedisPicture } from '#shared/wire.ts';

/** Sections asked for: small enough to be read every two seconds. */
export const infoSections = ['server', 'clients', 'memory', 'persistence', 'stats', 'replication', 'keyspace'] as const;

/** `nameOf` turns an address that a server names into a host of the lab, when it is one. */
export function readInfo(text: string, nameOf: (address: string) => string): RedisPicture {
  const fields = parseInfo(text);
  const number = (field: string) => Number(fields[field] ?? 0);
  const master = fields['master_host'];
  return {
    role: fields['role'] === 'slave' ? 'replica' : 'master',
    ...(master !== undefined && {
      follows: nameOf(master),
      linkUp: fields['master_link_status'] === 'up',
      lag: Math.max(0, number('slave_read_repl_offset') - number('slave_repl_offset')),
    }),
    usedMemory: number('used_memory'),
    maxMemory: number('maxmemory'),
    opsPerSecond: number('instantaneous_ops_per_sec'),
    keys: keysOf(fields),
    aof: fields['aof_enabled'] === '1',
    runId: fields['run_id'] ?? '',
  };
}

/** The keys of all databases: lines like `db0:keys=12,expires=0,avg_ttl=0`. */
function keysOf(fields: Readonly<Record<string, string>>): number {
  let keys = 0;
  for (const [field, value] of Object.entries(fields)) {
    if (/^db\d+$/.test(field)) keys += Number(/keys=(\d+)/.exec(value)?.[1] ?? 0);
  }
  return keys;
}
