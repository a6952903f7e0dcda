/** Learners join with code and name, come back by their own link, and ask for help. */
import { z } from 'zod';
import { HttpProblem, type Route, type RouteRequest } from '../http/route.ts';
import { boundedTries } from '../http/tries.ts';
import { tidyCode, viewOf, type Member, type Workshop } from '../../workshops/workshop.ts';
import type { Admission } from './admission.ts';
import type { Classroom } from './classroom.ts';
import type { Gate } from './gate.ts';
import type { MemberPages } from './member-pages.ts';
import type { WorkshopPorts } from './ports.ts';

const joining = z.strictObject({ code: z.string().max(40), name: z.string().trim().min(1).max(60) });
const returning = z.strictObject({ secret: z.string().max(100) });
const asking = z.strictObject({ text: z.string().trim().max(500), step: z.string().max(100).optional() });

export function joiningRoutes(
  ports: WorkshopPorts,
  classroom: Classroom,
  admission: Admission,
  membership: MemberPages['view'],
  gate: Gate,
): readonly Route[] {
  /** A large class may sit behind one address; of 2 × 10¹¹ codes none is guessed at this pace. */
  const bounded = boundedTries(600);

  const mine = (request: RouteRequest): { member: Member; workshop: Workshop } | undefined => {
    const member = ports.workshops.membership(request.learner);
    const workshop = member && ports.workshops.get(member.workshop);
    return member && workshop ? { member, workshop } : undefined;
  };
  const mustBeMine = (request: RouteRequest) => {
    const found = mine(request);
    if (!found) throw new HttpProblem(409, 'You are not in a workshop. Join one first with the instructor’s code.');
    return found;
  };

  const note = (member: Member, kind: 'help' | 'help-taken-back', text: string, step?: string) =>
    classroom.record({ workshop: member.workshop, learner: member.learner, kind, text, step, by: member.name });

  return [
    {
      // The link that is shown and printed: short enough to type. The page behind it is one for all codes.
      method: 'GET',
      path: '/join/:code',
      who: 'anybody',
      handle: ({ params }) => ({
        status: 302,
        text: '',
        contentType: 'text/plain',
        headers: { location: `/join/?code=${encodeURIComponent(tidyCode(params['code'] ?? ''))}` },
      }),
    },
    {
      method: 'GET',
      path: '/api/join/:code',
      who: 'anybody',
      async handle(request) {
        await bounded(request);
        const workshop = admission.open(request.params['code'] ?? '');
        return { json: viewOf(workshop, ports.workshops.members(workshop.id).length, ports.now()) };
      },
    },
    {
      method: 'POST',
      path: '/api/join',
      who: 'learner',
      async handle(request, response) {
        await bounded(request);
        const { code, name } = await request.json(joining);
        const workshop = admission.open(code);
        const before = ports.workshops.membership(request.learner);
        if (before?.workshop === workshop.id) return { json: { membership: membership(before.learner) } };
        // One learner is in one workshop: a browser that was in another one gets a new learner, the old one keeps its records.
        const { member, secret } = admission.admit(workshop, name, () => {
          const learner = before ? ports.records.newLearner() : request.learner;
          if (before) ports.sessions.become(request.raw, response, learner);
          return learner;
        });
        return {
          status: 201,
          json: { membership: membership(member.learner), returnLink: `${ports.origin}/join/#${secret}` },
        };
      },
    },
    {
      method: 'POST',
      path: '/api/return',
      who: 'anybody',
      async handle(request, response) {
        await bounded(request);
        const { secret } = await request.json(returning);
        const member = ports.workshops.returning(secret);
        if (!member)
          throw new HttpProblem(
            404,
            'This return link belongs to nobody. Join again with the code, or ask the instructor.',
          );
        ports.sessions.become(request.raw, response, member.learner);
        return { json: { membership: membership(member.learner) } };
      },
    },
    {
      method: 'GET',
      path: '/api/membership',
      who: 'learner',
      handle: ({ learner }) => ({ json: membership(learner) ?? null }),
    },
    {
      // For late joiners: the page hears on /live how far the lab is.
      method: 'POST',
      path: '/api/catch-up',
      who: 'learner',
      handle(request) {
        const { member, workshop } = mustBeMine(request);
        const step = classroom.classStep(workshop);
        const lesson = step?.split('/')[0];
        if (step === undefined || lesson === undefined)
          throw new HttpProblem(409, 'Nobody of the class has begun a step yet. Open the first lesson.');
        const refusal = gate(member.learner, { what: 'enter', lesson });
        if (refusal !== undefined) throw new HttpProblem(403, refusal);
        ports.labs.bring(member.learner, lesson, step);
        classroom.record({
          workshop: workshop.id,
          learner: member.learner,
          kind: 'brought',
          text: step,
          step,
          by: member.name,
        });
        return { json: { lesson, step } };
      },
    },
    {
      method: 'POST',
      path: '/api/help',
      who: 'learner',
      async handle(request) {
        const { member } = mustBeMine(request);
        const { text, step } = await request.json(asking);
        // Pressed twice it is one call; words and another step are news.
        const open = classroom.help(member);
        if (text || !open || open.step !== step) note(member, 'help', text, step);
        return { json: membership(member.learner) };
      },
    },
    {
      method: 'DELETE',
      path: '/api/help',
      who: 'learner',
      handle(request) {
        const { member } = mustBeMine(request);
        if (classroom.help(member)) note(member, 'help-taken-back', '');
        return { json: membership(member.learner) };
      },
    },
  ];
}
