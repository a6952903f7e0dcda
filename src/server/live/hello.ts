/** The whole state of a learner, for a page that has just come. */
import type { MembershipView } from '#shared/board.ts';
import type { LabView, LiveMessage, PictureView, TerminalView } from '#shared/wire.ts';
import type { Lease, Records } from '../../progress/records.ts';
import type { Route } from '../http/route.ts';
import type { Notices } from './notices.ts';

export interface StateParts {
  readonly labs: { view(learner: string): LabView };
  readonly records: Pick<Records, 'progress' | 'events' | 'messages'>;
  readonly terminals: { list(learner: string): readonly TerminalView[] };
  readonly attends: { picture(learner: string): PictureView | undefined };
  readonly notices: Pick<Notices, 'of'>;
  readonly keeper: { lease(learner: string): Lease | undefined };
  readonly membership: (learner: string) => MembershipView | undefined;
}

/** A page starts with so many of the latest events and messages. */
const latest = 300;

export const helloOf =
  ({ labs, records, terminals, attends, notices, keeper, membership }: StateParts) =>
  (learner: string): LiveMessage => {
    const lease = keeper.lease(learner);
    const picture = attends.picture(learner);
    const member = membership(learner);
    return {
      type: 'hello',
      lab: labs.view(learner),
      progress: records.progress(learner),
      terminals: terminals.list(learner),
      ...(picture && { picture }),
      timeline: lease ? records.events(lease.lab).slice(-latest) : [],
      inbox: lease ? records.messages(lease.lab).slice(-latest) : [],
      notices: notices.of(learner),
      ...(member && { membership: member }),
    };
  };

export const meRoute = ({ labs, records }: StateParts): Route => ({
  method: 'GET',
  path: '/api/me',
  who: 'learner',
  handle: ({ learner }) => ({ json: { learner, lab: labs.view(learner), progress: records.progress(learner) } }),
});
