/** Ends leases that are over, and removes labs that nobody holds. */
import type { SandboxDriver } from '#sandbox/driver.ts';
import type { Keeper } from './keeper.ts';

export interface ReaperParts {
  readonly driver: SandboxDriver;
  readonly keeper: Pick<Keeper, 'over' | 'knows'>;
  /** Ends a learner's lab with all that belongs to it. */
  readonly end: (learner: string) => Promise<void>;
  readonly onReaped: (lab: string) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

export async function reap({ driver, keeper, end, onReaped, onTrouble }: ReaperParts): Promise<void> {
  const tried = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      onTrouble(what, error);
    }
  };
  for (const learner of keeper.over()) await tried('a lease that is over could not be ended', () => end(learner));
  await tried('labs that nobody holds could not be removed', async () => {
    for (const { id } of await driver.list()) {
      if (keeper.knows(id)) continue;
      await driver.remove(id);
      onReaped(id);
    }
  });
}
