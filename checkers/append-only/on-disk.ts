/** Where a value is to be found among a server's files: in the append-only files, in the snapshot, or in neither. */
import { randomBytes } from 'node:crypto';
import { met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Drilling, Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { liveSetting } from './evidence.ts';

export type Folders = { readonly dir: string; readonly aof: string; readonly rdb: string };

/** A key that only this check knows. Redis keeps a value this short uncompressed in every kind of file. */
export type Trace = { readonly key: string; readonly value: string };
export const newTrace = (): Trace => ({
  key: `clinic:trace:${randomBytes(6).toString('hex')}`,
  value: `trace-${randomBytes(6).toString('hex')}`,
});

export async function foldersOf(probe: Probe, host: HostName): Promise<Folders> {
  return {
    dir: await liveSetting(probe, host, 'dir'),
    aof: await liveSetting(probe, host, 'appenddirname'),
    rdb: await liveSetting(probe, host, 'dbfilename'),
  };
}

/** The append-only file that contains the value, with its path. */
export async function inAppendOnlyFile(
  probe: Probe,
  host: HostName,
  { dir, aof }: Folders,
  value: string,
): Promise<string | undefined> {
  const found = await probe.run(host, ['grep', '-rlaF', '--', value, `${dir}/${aof}`]);
  return found.stdout.split('\n')[0] || undefined;
}

export async function inSnapshot(probe: Probe, host: HostName, { dir, rdb }: Folders, value: string): Promise<boolean> {
  const found = await probe.run(host, ['grep', '-qaF', '--', value, `${dir}/${rdb}`]);
  return found.code === 0;
}

export type OnDiskSeen = { readonly host: string; readonly refused: string | null; readonly path: string | null };

/** Writes a key, looks for it on disk for some seconds, and removes it. */
export async function writeAndFind(drilling: Drilling, host: HostName): Promise<OnDiskSeen> {
  const { key, value } = newTrace();
  const written = await drilling.redis(host, ['SET', key, value]);
  if (!written.ok) return { host, refused: written.text, path: null };
  const folders = await foldersOf(drilling, host);
  const path = await drilling.until(() => inAppendOnlyFile(drilling, host, folders, value), 4_000);
  await drilling.redis(host, ['UNLINK', key]);
  return { host, refused: null, path: path ?? null };
}

export function judgeOnDisk({ host, refused, path }: OnDiskSeen): Finding {
  if (refused !== null) return unmet(`${host} does not take writes: ${refused}`, 'Try it: redis-cli SET a 1.');
  if (path) return met(`Found in ${path} on ${host}.`);
  return unmet(
    `The key that was written to ${host} is in none of its append-only files.`,
    'Is the folder that CONFIG GET dir names writable for the user redis, and is there room on the disk?',
  );
}
