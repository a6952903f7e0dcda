/** What a learner may do with their lab. Every route speaks of the asker's own lab only, so no id can name another's. */
import { z } from 'zod';
import type { Route } from '../http/route.ts';
import type { Labs } from './service.ts';

const entering = z.strictObject({ lesson: z.string().max(60), reset: z.boolean().optional() });
const resetting = z.strictObject({ to: z.enum(['lab', 'lesson', 'step']) });

export interface LabRouteParts {
  readonly labs: Labs;
  /** Throws when a workshop's rules keep the learner out of a lesson. */
  readonly mayEnter: (learner: string, lesson: string) => void;
  /** The learner works with the lab. */
  readonly used: (learner: string) => void;
}

export function labRoutes({ labs, mayEnter, used }: LabRouteParts): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/lab',
      who: 'learner',
      async handle(request) {
        const { lesson, reset } = await request.json(entering);
        mayEnter(request.learner, lesson);
        return { json: labs.enter(request.learner, lesson, reset ?? false) };
      },
    },
    {
      method: 'POST',
      path: '/api/lab/extend',
      who: 'learner',
      handle: ({ learner }) => ({ json: labs.extend(learner) }),
    },
    {
      method: 'POST',
      path: '/api/lab/reset',
      who: 'learner',
      handle: async (request) => ({ json: labs.reset(request.learner, (await request.json(resetting)).to) }),
    },
    {
      method: 'POST',
      path: '/api/lab/hosts/:host/replace',
      who: 'learner',
      async handle({ learner, params }) {
        used(learner);
        await labs.replaceHost(learner, params.host ?? '');
        return { json: labs.view(learner) };
      },
    },
    {
      method: 'POST',
      path: '/api/lab/hosts/:host/start',
      who: 'learner',
      async handle({ learner, params }) {
        used(learner);
        await labs.startHost(learner, params.host ?? '');
        return { json: labs.view(learner) };
      },
    },
    {
      method: 'DELETE',
      path: '/api/lab',
      who: 'learner',
      async handle({ learner }) {
        await labs.end(learner);
        return { json: labs.view(learner) };
      },
    },
  ];
}
