/** Fills the memory of a server for a drill, with keys that go again by themselves. */
import type { Drilling, Probe } from '#checking/probe.ts';
import type { HostName } from '#sandbox/topologies.ts';

/** What one piece takes: the value is a little shorter, or the allocator would give it the next larger size. */
const pieceSize = 256 * 1024;
const piece = 'x'.repeat(pieceSize - 64);
/** Seconds after which a piece of ballast is gone, whatever happens to the drill. */
const life = 300;

/** Returns the percentage of maxmemory that is used then. */
export async function fill(drilling: Drilling, host: HostName, share: number): Promise<number> {
  let count = 0;
  drilling.undoAfter((probe) => drain(probe, host));
  for (let round = 0; round < 4; round++) {
    const { used, limit } = await memory(drilling, host);
    const missing = Math.floor((limit * share - used) / pieceSize);
    if (missing < 1) break;
    for (let n = 0; n < missing; n++) await drilling.redis(host, ['SET', key(drilling, count++), piece, 'EX', life]);
  }
  const { used, limit } = await memory(drilling, host);
  return Math.round((100 * used) / limit);
}

export async function drain(probe: Probe, host: HostName): Promise<void> {
  // 512 pieces are 128 MiB, the most that a limit may be; a key that is not there costs nothing.
  const keys = Array.from({ length: 512 }, (_, n) => key(probe, n));
  await probe.redis(host, ['UNLINK', ...keys]);
}

const key = ({ nonce }: Probe, n: number): string => `clinic:ballast:${nonce}:${n}`;

async function memory(probe: Probe, host: HostName): Promise<{ used: number; limit: number }> {
  const info = await probe.info(host);
  return { used: Number(info?.['used_memory'] ?? 0), limit: Number(info?.['maxmemory'] ?? 0) };
}
