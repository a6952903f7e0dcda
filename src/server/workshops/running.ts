/** Making and running workshops: create, list, change (pause, extend, open, end, archive), the QR picture. */
import { randomBytes } from 'node:crypto';
import QRCode from 'qrcode';
import { z } from 'zod';
import { HttpProblem, type Route } from '../http/route.ts';
import { newCode, viewOf, type Workshop } from '../../workshops/workshop.ts';
import type { Classroom } from './classroom.ts';
import { theirWorkshop, theWorkshop } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

const fields = {
  title: z.string().trim().min(1).max(120),
  lessons: z.array(z.string()).min(1).max(40),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  seats: z.int().min(1).max(500),
  openness: z.enum(['all', 'opened']),
  opened: z.array(z.string()).max(40),
  solutions: z.enum(['open', 'locked']),
};
const creation = z.strictObject({
  ...fields,
  opened: fields.opened.default([]),
  solutions: fields.solutions.default('open'),
});
const change = z.strictObject({ ...fields, paused: z.boolean(), archived: z.boolean() }).partial();

/** The joining page with the code filled in. */
const joinLink = (ports: WorkshopPorts, workshop: Workshop): string => `${ports.origin}/join/${workshop.code}`;

function held(ports: WorkshopPorts, workshop: Workshop): Workshop {
  if (workshop.endsAt <= workshop.startsAt)
    throw new HttpProblem(422, `endsAt: the workshop would end (${workshop.endsAt.toISOString()}) before it starts.`);
  const known = new Set(ports.lessons().map((lesson) => lesson.slug));
  const unknown = [...workshop.lessons, ...workshop.opened].find((slug) => !known.has(slug));
  if (unknown !== undefined)
    throw new HttpProblem(422, `lessons: there is no lesson "${unknown}". There are: ${[...known].join(', ')}.`);
  return workshop;
}

export function runningRoutes(ports: WorkshopPorts, classroom: Classroom): readonly Route[] {
  const view = (workshop: Workshop) => ({
    ...viewOf(workshop, ports.workshops.members(workshop.id).length, ports.now()),
    joinLink: joinLink(ports, workshop),
  });
  return [
    {
      method: 'GET',
      path: '/api/workshops',
      who: 'instructor',
      handle: () => ({ json: { workshops: ports.workshops.all().map(view), lessons: ports.lessons() } }),
    },
    {
      method: 'POST',
      path: '/api/workshops',
      who: 'instructor',
      async handle(request) {
        const asked = await request.json(creation);
        const workshop = held(ports, {
          ...asked,
          id: randomBytes(9).toString('base64url'),
          code: newCode(),
          startsAt: new Date(asked.startsAt),
          endsAt: new Date(asked.endsAt),
          paused: false,
          archived: false,
          instructor: request.instructor ?? '',
          instructors: [request.instructor ?? ''],
          clearedAt: undefined,
        });
        ports.workshops.save(workshop);
        return { status: 201, json: view(workshop) };
      },
    },
    {
      method: 'GET',
      path: '/api/workshops/:workshop',
      who: 'instructor',
      handle: (request) => ({ json: view(theWorkshop(ports, request.params['workshop'])) }),
    },
    {
      method: 'PUT',
      path: '/api/workshops/:workshop',
      who: 'instructor',
      async handle(request) {
        const { startsAt, endsAt, ...rest } = await request.json(change);
        // Read after the body has come: what a colleague saved meanwhile stays.
        const before = theirWorkshop(ports, request);
        const after = held(ports, {
          ...before,
          ...rest,
          ...(startsAt === undefined ? {} : { startsAt: new Date(startsAt) }),
          ...(endsAt === undefined ? {} : { endsAt: new Date(endsAt) }),
        });
        ports.workshops.save(after);
        classroom.workshopChanged(after);
        return { json: view(after) };
      },
    },
    {
      // 'Help to run it': from now on this instructor may act here, too.
      method: 'POST',
      path: '/api/workshops/:workshop/instructors',
      who: 'instructor',
      handle(request) {
        const before = theWorkshop(ports, request.params['workshop']);
        const instructors = [...new Set([...before.instructors, request.instructor ?? ''])];
        const after = { ...before, instructors };
        ports.workshops.save(after);
        classroom.workshopChanged(after);
        return { json: view(after) };
      },
    },
    {
      method: 'GET',
      path: '/api/workshops/:workshop/qr.svg',
      who: 'instructor',
      async handle(request) {
        const workshop = theWorkshop(ports, request.params['workshop']);
        const svg = await QRCode.toString(joinLink(ports, workshop), { type: 'svg', margin: 2 });
        return { text: svg, contentType: 'image/svg+xml' };
      },
    },
  ];
}
