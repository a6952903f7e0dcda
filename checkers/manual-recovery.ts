/** Lesson 'Manual recovery': the master fails, no Sentinel is there, and the learner promotes a replica. */
import { defineChecker, drill } from '#checking/define.ts';
import { data, down, files, follow, promoted } from './failover/criteria.ts';
import { beginFailover, collectFailover } from './failover/evidence.ts';
import type { FailoverEvidence } from './failover/evidence.ts';
import { judgeProof, proveFailover } from './failover/proof.ts';
import { trio } from './trio/hosts.ts';

export const promote = defineChecker({
  step: 'manual-recovery/promote',
  begin: beginFailover,
  collect: collectFailover,
  criteria: [
    down,
    promoted,
    follow,
    data,
    files,
    drill({
      id: 'proof',
      asks: 'The proof: the checker writes a key, which reaches all three servers, and restarts each server, which comes back in its role.',
      needs: ['follow', 'data', 'files'],
      act: (drilling, { master, before }: FailoverEvidence) => proveFailover(drilling, master ?? before.master, trio),
      judge: judgeProof,
    }),
  ],
});
