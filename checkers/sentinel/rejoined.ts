/** Is the old master back for good: as a replica, also by its file? */
import { wrongFiles } from '#checkers/trio/files.ts';
import type { FileRole } from '#checkers/trio/files.ts';
import type { OfTrio } from '#checkers/trio/hosts.ts';
import { met, unmet } from '#checking/define.ts';
import type { LookCriterion } from '#checking/define.ts';
import { genuineMove } from './happened.ts';
import type { NoticesEvidence } from './notices.ts';

export type FailoverEvidence = NoticesEvidence & { readonly files: OfTrio<FileRole> };

export const rejoined: LookCriterion<FailoverEvidence> = {
  id: 'rejoined',
  needs: ['happened'],
  asks: 'The old master is back as a replica of the new one, and the configuration files agree: a restart changes no role.',
  judge: ({ master, moves, files }) => {
    const old = genuineMove(moves)?.from ?? 'The old master';
    const wrong = master ? wrongFiles(files, master) : ['There is no master that all Sentinels name'];
    if (wrong.length === 0) return met(`${old} is a replica of ${master}, and all three files say the same.`);
    return unmet(
      `${wrong.join('; ')}.`,
      'The Sentinels have the files rewritten when they change a role; redis.conf must belong to the user redis. ' +
        'redis-cli CONFIG REWRITE on that server does it by hand.',
    );
  },
};
