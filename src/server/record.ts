/** What a learner has shown, for themselves: each step that was done, with the verdict of the check that showed it. */
import type { RecordView, RecordedStep, StepProgress } from '#shared/wire.ts';
import { verdictShown } from '../progress/shown.ts';
import type { Records } from '../progress/records.ts';
import type { WorkshopRecords } from '../workshops/records.ts';
import type { Route } from './http/route.ts';

export interface RecordParts {
  readonly records: Pick<Records, 'progress' | 'attempts'>;
  readonly workshops: Pick<WorkshopRecords, 'membership'>;
}

export function recordRoute({ records, workshops }: RecordParts): Route {
  const recorded = (learner: string, progress: StepProgress): RecordedStep => {
    const { step, state, at, solutionSeen } = progress;
    const verdict = verdictShown(progress, records.attempts(learner, step));
    return { step, state, solutionSeen, ...(at && { at }), ...(verdict && { verdict }) };
  };
  return {
    method: 'GET',
    path: '/api/me/record',
    who: 'learner',
    handle({ learner }) {
      const name = workshops.membership(learner)?.name;
      const steps = records.progress(learner).map((progress) => recorded(learner, progress));
      const view: RecordView = { steps, ...(name !== undefined && { name }) };
      return { json: view };
    },
  };
}
