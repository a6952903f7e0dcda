/** What is stored of a learner is theirs: they may take it along, and have it erased. */
import type { Records } from '../progress/records.ts';
import type { WorkshopRecords } from '../workshops/records.ts';
import type { Route } from './http/route.ts';

export interface PrivacyParts {
  readonly records: Records;
  readonly workshops: WorkshopRecords;
  /** What is stored of a learner for other systems. */
  readonly abroad: (learner: string) => unknown;
  /** Ends the lab and erases every record of a learner, in and out of workshops. */
  readonly erase: (learner: string) => Promise<void>;
}

export function privacyRoutes({ records, workshops, abroad, erase }: PrivacyParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/me/export',
      who: 'learner',
      handle({ learner }) {
        const membership = workshops.membership(learner);
        const lease = records.lease(learner);
        return {
          json: {
            learner,
            membership: membership ?? null,
            happenings: membership ? workshops.happenings(membership.workshop, learner) : [],
            progress: records.progress(learner),
            attempts: records.attempts(learner),
            lab: lease ? { ...lease, timeline: records.events(lease.lab), inbox: records.messages(lease.lab) } : null,
            otherSystems: abroad(learner),
          },
          headers: { 'content-disposition': 'attachment; filename="redis-clinic.json"' },
        };
      },
    },
    {
      method: 'DELETE',
      path: '/api/me',
      who: 'learner',
      async handle({ learner }) {
        await erase(learner);
        return { status: 204 };
      },
    },
  ];
}
