/**
 * Looking into a learner's terminal: read-only, in the learner's size, and the learner is told. Typing needs the
 * learner's leave, which one key (or the look's end) takes back.
 */
import { z } from 'zod';
import type { Door, Route } from '../http/route.ts';
import { HttpProblem } from '../http/route.ts';
import type { Classroom } from './classroom.ts';
import { theMember, theWorkshop } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

const leave = z.strictObject({ allowed: z.boolean() });
const close = { unknown: 4404 } as const;

export function lookingRoom(
  ports: WorkshopPorts,
  classroom: Classroom,
): { readonly routes: readonly Route[]; readonly doors: readonly Door[] } {
  /** Learners who allow typing now. */
  const allowed = new Set<string>();
  const tell = (learner: string, text: string) => ports.push(learner, { type: 'notice', from: 'instructor', text });

  return {
    routes: [
      {
        method: 'POST',
        path: '/api/workshops/:workshop/learners/:learner/ask-to-type',
        who: 'instructor',
        handle(request) {
          const member = theMember(ports, theWorkshop(ports, request.params['workshop']), request.params['learner']);
          ports.push(member.learner, { type: 'typing', state: 'asked', by: request.instructor ?? '' });
          return { status: 204 };
        },
      },
      {
        method: 'PUT',
        path: '/api/typing',
        who: 'learner',
        async handle(request) {
          const member = ports.workshops.membership(request.learner);
          if (!member) throw new HttpProblem(409, 'You are not in a workshop, so nobody asked to type.');
          const { allowed: yes } = await request.json(leave);
          if (yes) allowed.add(member.learner);
          else allowed.delete(member.learner);
          ports.workshops.happened({
            workshop: member.workshop,
            learner: member.learner,
            at: ports.now(),
            kind: 'typed',
            text: yes ? 'typing allowed' : 'typing ended',
            step: undefined,
            by: member.name,
          });
          ports.push(member.learner, { type: 'typing', state: yes ? 'allowed' : 'ended', by: '' });
          classroom.refresh(member.learner);
          return { status: 204 };
        },
      },
    ],
    doors: [
      {
        path: '/look',
        who: 'instructor',
        open(socket, { url, instructor }) {
          const workshop = ports.workshops.get(url.searchParams.get('workshop') ?? '');
          const learner = url.searchParams.get('learner') ?? '';
          const terminal = url.searchParams.get('terminal') ?? '';
          const member = workshop && ports.workshops.members(workshop.id).find((one) => one.learner === learner);
          if (!member) return socket.close(close.unknown, 'no such member of this workshop');
          if (!ports.terminals.look(learner, terminal, socket, () => allowed.has(learner)))
            return socket.close(close.unknown, 'no such terminal');
          const by = instructor ?? '';
          const title = ports.terminals.list(learner).find((one) => one.id === terminal)?.host ?? terminal;
          ports.workshops.happened({
            workshop: member.workshop,
            learner,
            at: ports.now(),
            kind: 'look',
            text: title,
            step: undefined,
            by,
          });
          ports.push(learner, { type: 'looking', by, terminal, looks: true });
          socket.on('close', () => {
            ports.push(learner, { type: 'looking', by, terminal, looks: false });
            if (allowed.delete(learner))
              tell(learner, `${by} has stopped looking; nobody can type in your terminal now.`);
          });
        },
      },
      {
        path: '/board',
        who: 'instructor',
        open(socket, { url }) {
          const workshop = ports.workshops.get(url.searchParams.get('workshop') ?? '');
          if (!workshop) return socket.close(close.unknown, 'no such workshop');
          classroom.open(workshop, socket);
        },
      },
    ],
  };
}
