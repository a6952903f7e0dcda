/**
 * Looking into a learner's terminal: read-only, in the learner's size, and the learner is told. Typing needs the
 * learner's leave, which one key (or the look's end) takes back.
 */
import { z } from 'zod';
import type { WebSocket } from 'ws';
import type { Door, Route } from '../http/route.ts';
import { HttpProblem } from '../http/route.ts';
import type { Classroom } from './classroom.ts';
import type { Member } from '../../workshops/workshop.ts';
import { theirWorkshop, theMember } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

const leave = z.strictObject({ allowed: z.boolean() });
const close = { unknown: 4404, notTheirs: 4403 } as const;

export function lookingRoom(
  ports: WorkshopPorts,
  classroom: Classroom,
): { readonly routes: readonly Route[]; readonly doors: readonly Door[] } {
  /** Who asked each learner last for leave to type, and who has it now: the leave is one instructor's. */
  const asked = new Map<string, string>();
  const allowed = new Map<string, string>();
  const looks = new Map<WebSocket, { readonly learner: string; readonly by: string }>();
  const record = ({ workshop, learner }: Member, kind: 'typed' | 'look', text: string, by: string) =>
    classroom.record({ workshop, learner, kind, text, step: undefined, by });

  return {
    routes: [
      {
        method: 'POST',
        path: '/api/workshops/:workshop/learners/:learner/ask-to-type',
        who: 'instructor',
        handle(request) {
          const member = theMember(ports, theirWorkshop(ports, request), request.params['learner']);
          const by = request.instructor ?? '';
          asked.set(member.learner, by);
          record(member, 'typed', 'asked to type', by);
          ports.push(member.learner, { type: 'typing', state: 'asked', by });
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
          const by = asked.get(member.learner) ?? allowed.get(member.learner);
          if (by === undefined) throw new HttpProblem(409, 'Nobody has asked to type in your terminals.');
          asked.delete(member.learner);
          const had = allowed.delete(member.learner);
          if (yes) allowed.set(member.learner, by);
          const deed = yes ? `let ${by} type` : had ? `ended ${by}’s typing` : `did not let ${by} type`;
          record(member, 'typed', deed, member.name);
          ports.push(member.learner, { type: 'typing', state: yes ? 'allowed' : 'ended', by });
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
          const by = instructor ?? '';
          const member = workshop && ports.workshops.members(workshop.id).find((one) => one.learner === learner);
          if (!member) return socket.close(close.unknown, 'no such member of this workshop');
          if (!workshop.instructors.includes(by))
            return socket.close(close.notTheirs, 'this workshop is run by others');
          if (!ports.terminals.look(learner, terminal, socket, () => allowed.get(learner) === by))
            return socket.close(close.unknown, 'no such terminal');
          const title = ports.terminals.list(learner).find((one) => one.id === terminal)?.host ?? terminal;
          record(member, 'look', title, by);
          looks.set(socket, { learner, by });
          ports.push(learner, { type: 'looking', by, terminal, looks: true });
          socket.on('close', () => {
            looks.delete(socket);
            ports.push(learner, { type: 'looking', by, terminal, looks: false });
            // The leave ends with the last look of the one who had it.
            if ([...looks.values()].some((one) => one.learner === learner && one.by === by)) return;
            if (asked.get(learner) === by) asked.delete(learner);
            if (allowed.get(learner) !== by) return;
            allowed.delete(learner);
            record(member, 'typed', 'stopped looking, which ended the typing', by);
            ports.push(learner, { type: 'typing', state: 'ended', by });
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
