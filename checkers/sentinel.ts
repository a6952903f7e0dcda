/** Automating recovery: three Sentinels notice the loss of the master and promote a replica. */
import { defineChecker } from '#checking/define.ts';
import { agree } from './sentinel/agree.ts';
import { beginSentinel, collectSentinel } from './sentinel/evidence.ts';
import { happened } from './sentinel/happened.ts';
import { powerCut } from './sentinel/power-cut.ts';
import { leader, majority } from './sentinel/questions.ts';
import { quorum } from './sentinel/quorum.ts';
import { service } from './sentinel/service.ts';

export const watch = defineChecker({
  step: 'sentinel/watch',
  drillDeadline: 180,
  begin: beginSentinel,
  collect: collectSentinel,
  criteria: [quorum, service, agree, happened, leader, majority, powerCut],
});
