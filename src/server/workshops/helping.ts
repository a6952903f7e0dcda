/** Helping without touching: words, time, a fresh lab, a solution unlocked. All of it is kept on the learner's log. */
import { z } from 'zod';
import type { LiveMessage, StepId } from '#shared/wire.ts';
import { HttpProblem, type Route, type RouteRequest } from '../http/route.ts';
import type { Happening } from '../../workshops/records.ts';
import type { Classroom } from './classroom.ts';
import type { Workshop } from '../../workshops/workshop.ts';
import { theirWorkshop, theMember, theWorkshop } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

const words = z.strictObject({
  text: z.string().trim().min(1).max(2000),
  step: z.string().max(100).optional(),
  /** A command block the learner may run with one click. */
  command: z.string().max(2000).optional(),
});
const minutes = z.strictObject({ minutes: z.int().min(1).max(240) });
const place = z.strictObject({
  lesson: z.string().max(60),
  /** The step to stand at; the learner's own when it is left out. */
  step: z.string().max(100).optional(),
});
const step = z.strictObject({ step: z.string().max(100) });

/** What a learner is told: by whom is added when it is sent. */
type Tell = Pick<Extract<LiveMessage, { type: 'notice' }>, 'text' | 'step' | 'command'>;

/** Only where the class is taught: elsewhere the learner could not enter. */
function placeIn(
  ports: WorkshopPorts,
  workshop: Workshop,
  asked: z.infer<typeof place>,
): { readonly lesson: string; readonly step: StepId | undefined } {
  if (!workshop.lessons.includes(asked.lesson))
    throw new HttpProblem(
      422,
      `lesson: "${asked.lesson}" is not part of this workshop. It has ${workshop.lessons.join(', ')}.`,
    );
  const steps = ports.lessons().find(({ slug }) => slug === asked.lesson)?.steps ?? [];
  if (asked.step !== undefined && !steps.includes(asked.step))
    throw new HttpProblem(422, `step: "${asked.step}" is no step of that lesson. It has ${steps.join(', ')}.`);
  return { lesson: asked.lesson, step: asked.step };
}

export function helpingRoutes(ports: WorkshopPorts, classroom: Classroom): readonly Route[] {
  const did = (request: RouteRequest, learner: string, kind: Happening['kind'], text: string, at?: string) =>
    classroom.record({
      workshop: request.params['workshop'] ?? '',
      learner,
      kind,
      text,
      step: at,
      by: request.instructor ?? '',
    });
  const notice = ({ text, step: at, command }: z.infer<typeof words>): Tell => ({
    text,
    ...(at === undefined ? {} : { step: at }),
    ...(command === undefined ? {} : { command }),
  });
  const spoken = (said: z.infer<typeof words>) => ({
    log: said.text,
    tell: notice(said),
    ...(said.step === undefined ? {} : { step: said.step }),
  });
  const tell = (request: RouteRequest, learner: string, told: Tell) =>
    ports.push(learner, { type: 'notice', from: 'instructor', by: request.instructor ?? '', ...told });
  /** One learner's route: `act` does it and returns what the log and the learner are told. */
  const helping = <T>(
    path: string,
    schema: z.ZodType<T>,
    kind: Happening['kind'],
    act: (
      learner: string,
      asked: T,
      workshop: Workshop,
      request: RouteRequest,
    ) => Promise<{ readonly log: string; readonly tell: Tell; readonly step?: string }>,
  ): Route => ({
    method: 'POST',
    path: `/api/workshops/:workshop/learners/:learner/${path}`,
    who: 'instructor',
    async handle(request) {
      const workshop = theirWorkshop(ports, request);
      const member = theMember(ports, workshop, request.params['learner']);
      const asked = await request.json(schema);
      const {
        log,
        tell: told,
        step: at,
      } = await act(member.learner, asked, workshop, request).catch((error: unknown) => {
        if (error instanceof HttpProblem) throw error;
        throw new HttpProblem(409, error instanceof Error ? error.message : String(error));
      });
      did(request, member.learner, kind, log, at);
      tell(request, member.learner, told);
      return { status: 204 };
    },
  });
  return [
    {
      method: 'POST',
      path: '/api/workshops/:workshop/say',
      who: 'instructor',
      async handle(request) {
        const workshop = theirWorkshop(ports, request);
        const said = await request.json(words);
        for (const { learner } of ports.workshops.members(workshop.id)) {
          tell(request, learner, notice(said));
          did(request, learner, 'message', said.text, said.step);
        }
        return { status: 204 };
      },
    },
    helping('say', words, 'message', async (_learner, said) => spoken(said)),
    helping('answer', words, 'help-answered', async (_learner, said) => spoken(said)),
    helping('time', minutes, 'time', async (learner, asked) => {
      await ports.labs.extend(learner, asked.minutes);
      return { log: `${asked.minutes} min`, tell: { text: `Your lab has ${asked.minutes} minutes more.` } };
    }),
    helping('reset', z.strictObject({}), 'reset', async (learner) => {
      await ports.labs.reset(learner);
      return { log: 'lab reset', tell: { text: 'Your lab is fresh again, at the start of the lesson.' } };
    }),
    helping('bring', place, 'brought', async (learner, asked, workshop, request) => {
      const { lesson, step: to } = placeIn(ports, workshop, asked);
      ports.labs.bring(learner, lesson, to);
      const title = ports.lessons().find(({ slug }) => slug === lesson)?.title ?? lesson;
      tell(request, learner, {
        text: `I bring your lab to “${title}”: it is made anew, and the solutions before your step run in it.`,
      });
      const stands = (await ports.labs.settled(learner, lesson)) ?? lesson;
      return {
        log: stands,
        step: stands,
        tell: { text: `Your lab now stands at “${title}”.`, step: stands },
      };
    }),
    helping('unlock', step, 'unlock', async (_learner, asked) => ({
      log: asked.step,
      step: asked.step,
      tell: { text: 'The solution of this step is unlocked for you.', step: asked.step },
    })),
    {
      method: 'GET',
      path: '/api/workshops/:workshop/learners/:learner',
      who: 'instructor',
      handle(request) {
        const workshop = theWorkshop(ports, request.params['workshop']);
        const member = theMember(ports, workshop, request.params['learner']);
        return {
          json: {
            terminals: ports.terminals.list(member.learner),
            log: ports.workshops.happenings(member.workshop, member.learner),
          },
        };
      },
    },
  ];
}
