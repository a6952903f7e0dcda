/** Project step 4: the failover runs by itself, somebody is told of it, and the old master is put back to work. */
import { defineChecker } from '#checking/define.ts';
import { agree } from './sentinel/agree.ts';
import { beginSentinel, collectSentinel } from './sentinel/evidence.ts';
import type { SentinelBaseline } from './sentinel/evidence.ts';
import { happened } from './sentinel/happened.ts';
import { notified, seeNotices, toldPowerCut } from './sentinel/notices.ts';
import { logAndEpoch } from './sentinel/questions.ts';
import { quorum } from './sentinel/quorum.ts';
import { rejoined } from './sentinel/rejoined.ts';
import type { FailoverEvidence } from './sentinel/rejoined.ts';
import { service } from './sentinel/service.ts';
import { seeFiles } from './trio/files.ts';

export const automate = defineChecker<SentinelBaseline, FailoverEvidence>({
  step: 'sentinel-failover/automate',
  drillDeadline: 180,
  begin: beginSentinel,
  collect: async (probe, before) => ({
    ...(await seeNotices(probe, await collectSentinel(probe, before))),
    files: await seeFiles(probe),
  }),
  criteria: [quorum, service, agree, happened, notified, rejoined, logAndEpoch, toldPowerCut],
});
