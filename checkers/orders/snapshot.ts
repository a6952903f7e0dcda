/** The snapshot that a step begins with: what a crash gives back while the append-only file is off. */
import type { Planting } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';

/** Milliseconds: a child of Redis that copies the data to a replica is waited for, Redis refuses to save meanwhile. */
const PATIENCE = 10_000;

export async function saveSnapshot(planting: Planting, host: HostName): Promise<void> {
  await planting.until(async () => (await planting.redis(host, ['SAVE'])).ok || undefined, PATIENCE);
}
