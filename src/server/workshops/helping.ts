/** Helping without touching: words, time, a fresh lab, a solution unlocked. All of it is kept on the learner's log. */
import { z } from 'zod';
import type { LiveMessage } from '#shared/wire.ts';
import { HttpProblem, type Route, type RouteRequest } from '../http/route.ts';
import type { Happening } from '../../workshops/records.ts';
import type { Classroom } from './classroom.ts';
import { theMember, theWorkshop } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

const words = z.strictObject({
  text: z.string().trim().min(1).max(2000),
  step: z.string().max(100).optional(),
  /** A command block the learner may run with one click. */
  command: z.string().max(2000).optional(),
});
const minutes = z.strictObject({ minutes: z.int().min(1).max(240) });
const place = z.strictObject({ lesson: z.string().max(60) });
const step = z.strictObject({ step: z.string().max(100) });

export function helpingRoutes(ports: WorkshopPorts, classroom: Classroom): readonly Route[] {
  const named = (request: RouteRequest) => {
    const workshop = theWorkshop(ports, request.params['workshop']);
    return { workshop, member: theMember(ports, workshop, request.params['learner']) };
  };
  const did = (request: RouteRequest, learner: string, kind: Happening['kind'], text: string, at?: string) => {
    ports.workshops.happened({
      workshop: request.params['workshop'] ?? '',
      learner,
      at: ports.now(),
      kind,
      text,
      step: at,
      by: request.instructor ?? '',
    });
    classroom.refresh(learner);
  };
  const notice = ({ text, step: at, command }: z.infer<typeof words>): LiveMessage => ({
    type: 'notice',
    from: 'instructor',
    text,
    ...(at === undefined ? {} : { step: at }),
    ...(command === undefined ? {} : { command }),
  });
  /** One learner's route: `act` does it and returns what the log and the learner are told. */
  const helping = <T>(
    path: string,
    schema: z.ZodType<T>,
    kind: Happening['kind'],
    act: (
      learner: string,
      asked: T,
    ) => Promise<{ readonly log: string; readonly tell?: LiveMessage; readonly step?: string }>,
  ): Route => ({
    method: 'POST',
    path: `/api/workshops/:workshop/learners/:learner/${path}`,
    who: 'instructor',
    async handle(request) {
      const { member } = named(request);
      const asked = await request.json(schema);
      const {
        log,
        tell,
        step: at,
      } = await act(member.learner, asked).catch((error: unknown) => {
        if (error instanceof HttpProblem) throw error;
        throw new HttpProblem(409, error instanceof Error ? error.message : String(error));
      });
      did(request, member.learner, kind, log, at);
      if (tell) ports.push(member.learner, tell);
      return { status: 204 };
    },
  });
  const told = (text: string): LiveMessage => ({ type: 'notice', from: 'instructor', text });

  return [
    {
      method: 'POST',
      path: '/api/workshops/:workshop/say',
      who: 'instructor',
      async handle(request) {
        const workshop = theWorkshop(ports, request.params['workshop']);
        const said = await request.json(words);
        for (const { learner } of ports.workshops.members(workshop.id)) {
          ports.push(learner, notice(said));
          did(request, learner, 'message', said.text, said.step);
        }
        return { status: 204 };
      },
    },
    helping('say', words, 'message', async (_learner, said) => ({
      log: said.text,
      tell: notice(said),
      ...(said.step === undefined ? {} : { step: said.step }),
    })),
    helping('answer', words, 'help-answered', async (_learner, said) => ({ log: said.text, tell: notice(said) })),
    helping('time', minutes, 'time', async (learner, asked) => {
      await ports.labs.extend(learner, asked.minutes);
      return { log: `${asked.minutes} min`, tell: told(`Your lab has ${asked.minutes} minutes more.`) };
    }),
    helping('reset', z.strictObject({}), 'reset', async (learner) => {
      await ports.labs.reset(learner);
      return { log: 'lab reset', tell: told('Your lab is fresh again, at the start of the lesson.') };
    }),
    helping('bring', place, 'brought', async (learner, { lesson }) => {
      if (!ports.lessons().some((one) => one.slug === lesson))
        throw new HttpProblem(422, `lesson: there is no lesson "${lesson}".`);
      await ports.labs.reset(learner, lesson);
      return { log: lesson, tell: told(`Your lab stands at the start of the lesson now: open /lessons/${lesson}/.`) };
    }),
    helping('unlock', step, 'unlock', async (_learner, asked) => ({
      log: asked.step,
      step: asked.step,
      tell: { ...told('The solution of this step is unlocked for you.'), step: asked.step } as LiveMessage,
    })),
    {
      method: 'GET',
      path: '/api/workshops/:workshop/learners/:learner',
      who: 'instructor',
      handle(request) {
        const { member } = named(request);
        return {
          json: {
            name: member.name,
            terminals: ports.terminals.list(member.learner),
            log: ports.workshops.happenings(member.workshop, member.learner),
          },
        };
      },
    },
  ];
}
