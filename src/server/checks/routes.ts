/** What a learner may do with a step: check it, answer its questions, see its solution, skip it. */
import { z } from 'zod';
import type { Records } from '../../progress/records.ts';
import { HttpProblem, type Route, type RouteRequest } from '../http/route.ts';
import type { Shelf } from '../lessons/shelf.ts';
import type { Checks } from './service.ts';

const answering = z.strictObject({ question: z.string().max(60), value: z.string().max(500) });

export interface CheckRouteParts {
  readonly checks: Checks;
  readonly records: Records;
  readonly shelf: Shelf;
  /** Throws when a workshop's rules forbid it. */
  readonly mayCheck: (learner: string, lesson: string) => void;
  readonly maySeeSolution: (learner: string, step: string) => void;
  /** Runs a step's solution where the learner can watch it. */
  readonly runSolution: (learner: string, step: string, script: string) => Promise<void>;
  /** The learner works with the lab. */
  readonly used: (learner: string) => void;
}

export function checkRoutes(parts: CheckRouteParts): readonly Route[] {
  const { checks, records, shelf } = parts;
  const place = ({ params }: RouteRequest) => shelf.step(`${params.lesson}/${params.step}`);
  const path = (what: string) => `/api/steps/:lesson/:step/${what}`;
  return [
    {
      method: 'POST',
      path: path('check'),
      who: 'learner',
      async handle(request) {
        const { id, lesson } = place(request);
        parts.mayCheck(request.learner, lesson.slug);
        parts.used(request.learner);
        return { json: await checks.ask(request.learner, id) };
      },
    },
    {
      method: 'PUT',
      path: path('answers'),
      who: 'learner',
      async handle(request) {
        const { id, step } = place(request);
        const { question, value } = await request.json(answering);
        const known = step.questions?.map((each) => each.id) ?? [];
        if (!known.includes(question)) {
          throw new HttpProblem(
            422,
            `question: "${question}" is no question of this step; it has ${known.join(', ') || 'none'}.`,
          );
        }
        records.answer(request.learner, id, question, value.trim());
        checks.pushProgress(request.learner, id);
        checks.commandEnded(request.learner);
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: path('solution'),
      who: 'learner',
      async handle(request) {
        const { id } = place(request);
        parts.maySeeSolution(request.learner, id);
        const script = await shelf.solution(id);
        records.solutionSeen(request.learner, id);
        checks.pushProgress(request.learner, id);
        return { json: { script } };
      },
    },
    {
      method: 'POST',
      path: path('skip'),
      who: 'learner',
      async handle(request) {
        const { id } = place(request);
        parts.maySeeSolution(request.learner, id);
        const script = await shelf.solution(id);
        await checks.skip(request.learner, id, () => parts.runSolution(request.learner, id, script));
        return { status: 204 };
      },
    },
  ];
}
