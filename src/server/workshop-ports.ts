/** What the workshops need of the other rooms, in the workshops' own words. */
import { topologies, type Topology } from '#sandbox/topologies.ts';
import type { StepId } from '#shared/wire.ts';
import type { Records } from '../progress/records.ts';
import type { WorkshopRecords } from '../workshops/records.ts';
import type { Sessions } from './http/session.ts';
import type { Labs } from './labs/service.ts';
import type { Shelf } from './lessons/shelf.ts';
import type { WorkshopPorts } from './workshops/ports.ts';

export interface WorkshopPortParts extends Pick<
  WorkshopPorts,
  'push' | 'note' | 'terminals' | 'instructorSecret' | 'origin'
> {
  readonly records: Records;
  readonly workshops: WorkshopRecords;
  readonly shelf: Shelf;
  readonly labs: Labs;
  readonly currentStep: (learner: string, lesson: string) => StepId | undefined;
  readonly book: (topology: Topology, count: number) => void;
  readonly sessions: Sessions;
}

export function workshopPorts({
  shelf,
  labs,
  currentStep,
  book,
  sessions,
  ...parts
}: WorkshopPortParts): WorkshopPorts {
  return {
    ...parts,
    lessons: () =>
      shelf.all().map(({ lesson }) => ({
        slug: lesson.slug,
        title: shelf.title(lesson.slug),
        steps: lesson.steps.map(({ checker }) => checker.step),
      })),
    labs: {
      extend: async (learner, minutes) => void labs.extend(learner, minutes),
      async reset(learner) {
        labs.reset(learner, 'lesson');
        await labs.settled(learner);
      },
      bring: (learner, lesson, step) => void labs.bring(learner, lesson, step),
      async settled(learner, lesson) {
        await labs.settled(learner);
        return currentStep(learner, lesson);
      },
      book(slug, count) {
        const lesson = slug === undefined ? undefined : shelf.lesson(slug);
        book(lesson ? topologies[lesson.topology] : topologies.trio, lesson ? count : 0);
      },
    },
    sessions: {
      signIn: (request, response, instructor) => void sessions.change(request, response, { instructor }),
      signOut: (request, response) => void sessions.change(request, response, { instructor: undefined }),
      become: (request, response, learner) => void sessions.change(request, response, { learner }),
    },
    now: () => new Date(),
  };
}
