/**
 * Bounds what a lab writes. Most file systems under an engine cannot, so it is measured: a learner hears in good time,
 * and a host beyond the limit is made anew, which gives the room back at once.
 */
import type { SandboxDriver } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { Hold, Keeper } from './keeper.ts';

export interface DiskParts {
  readonly driver: Pick<SandboxDriver, 'written'>;
  readonly keeper: Pick<Keeper, 'byLab'>;
  /** Bytes that one host may write. */
  readonly limit: number;
  /** More than half is used: told once until it is less again. */
  readonly onFilling: (hold: Hold, host: HostName, bytes: number) => void;
  /** The limit is passed: makes the host anew. */
  readonly onFull: (hold: Hold, host: HostName, bytes: number) => Promise<void>;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** One look at all hosts of all labs. */
export function diskWatch({ driver, keeper, limit, onFilling, onFull, onTrouble }: DiskParts): () => Promise<void> {
  let told = new Set<string>();

  async function look(): Promise<void> {
    const filling = (await driver.written()).filter(({ bytes }) => bytes > limit / 2);
    const now = new Set<string>();
    for (const { lab, host, bytes } of filling) {
      const hold = keeper.byLab(lab);
      if (!hold) continue;
      const name = `${lab} ${host}`;
      if (bytes > limit) await onFull(hold, host, bytes).catch((error) => onTrouble('a full host was left', error));
      else {
        now.add(name);
        if (!told.has(name)) onFilling(hold, host, bytes);
      }
    }
    told = now;
  }

  return () => look().catch((error: unknown) => onTrouble('the disks of the labs could not be measured', error));
}
