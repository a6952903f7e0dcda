/** The ends of labs that their learners did not ask for. */
import type { LiveMessage } from '#shared/wire.ts';
import type { Keeper } from '../../leases/keeper.ts';
import type { Log } from '../log.ts';
import type { Labs } from './service.ts';

export interface EndingParts {
  readonly labs: Labs;
  readonly keeper: Keeper;
  readonly push: (learner: string, message: LiveMessage) => void;
  readonly log: Log;
}

export function ending({ labs, keeper, push, log }: EndingParts) {
  const end = async (learner: string): Promise<void> => {
    await labs.end(learner);
    log.info({ learner }, 'a lab has ended');
  };
  return {
    end,
    /** The lease is over: the learner is told why. */
    async endOver(learner: string): Promise<void> {
      const why = keeper.view(learner)?.why === 'idle' ? 'nobody has worked in it for a while' : 'its time was over';
      await end(learner);
      const text = `Your lab has ended because ${why}. Your progress is kept; start a fresh lab when you go on.`;
      push(learner, { type: 'notice', from: 'course', text });
    },
  };
}
