/** Where a value is to be found among a server's files: in the append-only files, in the snapshot, or in neither. */
import { randomBytes } from 'node:crypto';
import { met, unmet } from '#checking/define.ts';
import type { Finding } from '#checking/define.ts';
import type { Drilling, Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';
import { liveSettings } from './evidence.ts';

/** Where a server keeps its files: paths of the folder of the AOF and of the snapshot. */
export type Places = { readonly aof: string; readonly snapshot: string };

/** A key that only this check knows. Redis keeps a value this short uncompressed in every kind of file. */
export type Trace = { readonly key: string; readonly value: string };
export const newTrace = (): Trace => ({
  key: `clinic:trace:${randomBytes(6).toString('hex')}`,
  value: `trace-${randomBytes(6).toString('hex')}`,
});

/** Asked of the running server, so that a folder which was moved is found, too. */
export async function placesOf(probe: Probe, host: HostName): Promise<Places> {
  const { dir, appenddirname, dbfilename } = await liveSettings(probe, host, 'dir', 'appenddirname', 'dbfilename');
  return { aof: `${dir}/${appenddirname}`, snapshot: `${dir}/${dbfilename}` };
}

/** The append-only file of a running server that contains the value, with its path. */
export async function inAppendOnlyFile(probe: Probe, host: HostName, value: string): Promise<string | undefined> {
  const { aof } = await placesOf(probe, host);
  const found = await probe.run(host, ['grep', '-rlaF', '--', value, aof]);
  return found.stdout.split('\n')[0] || undefined;
}

export async function inSnapshot(probe: Probe, host: HostName, { snapshot }: Places, value: string): Promise<boolean> {
  const found = await probe.run(host, ['grep', '-qaF', '--', value, snapshot]);
  return found.code === 0;
}

export type OnDiskSeen = {
  readonly host: string;
  readonly refused: string | null;
  readonly path: string | null;
  /** The kind of file system that the file is on, as stat calls it: "overlayfs", "tmpfs". */
  readonly kind?: string;
};

/** File systems that are gone with the power of the machine. */
const inMemory = ['tmpfs', 'ramfs'];

/** Writes a key, looks for it on disk for some seconds, and removes it. */
export async function writeAndFind(drilling: Drilling, host: HostName): Promise<OnDiskSeen> {
  const { key, value } = newTrace();
  const written = await drilling.redis(host, ['SET', key, value]);
  if (!written.ok) return { host, refused: written.text, path: null };
  const path = await drilling.until(() => inAppendOnlyFile(drilling, host, value), 4_000);
  await drilling.redis(host, ['UNLINK', key]);
  const { stdout } = await drilling.run(host, ['stat', '-f', '-c', '%T', '--', path ?? '/']);
  return { host, refused: null, path: path ?? null, kind: stdout.trim() };
}

export function judgeOnDisk({ host, refused, path, kind = '' }: OnDiskSeen): Finding {
  if (refused !== null) return unmet(`${host} does not take writes: ${refused}`, 'Try it: redis-cli SET a 1.');
  if (path && inMemory.includes(kind))
    return unmet(
      `It was found in ${path} on ${host}, but that is no disk: a ${kind} is memory, and is gone with the power.`,
      'Let dir name a folder on a disk, such as /var/lib/redis: move the files there while Redis is stopped.',
    );
  if (path) return met(`Found in ${path} on ${host}.`);
  return unmet(
    `The key that was written to ${host} is in none of its append-only files.`,
    'Is the folder that CONFIG GET dir names writable for the user redis, and is there room on the disk?',
  );
}
