/**
 * Looking into a learner's terminal: read-only, in the learner's size, and the learner is told. Typing needs the
 * learner's leave, which one key (or the look's end) takes back.
 */
import { z } from 'zod';
import type { WebSocket } from 'ws';
import type { MembershipView } from '#shared/board.ts';
import type { Door, Route } from '../http/route.ts';
import { HttpProblem } from '../http/route.ts';
import type { Classroom } from './classroom.ts';
import type { Member } from '../../workshops/workshop.ts';
import { theirWorkshop, theMember } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

const leave = z.strictObject({ allowed: z.boolean() });
const close = { unknown: 4404, notTheirs: 4403 } as const;

/** Who looks into a learner's terminals, asks to type there, and may. */
export type Watched = Pick<MembershipView, 'lookers' | 'asksToType' | 'mayType'>;

export interface LookingRoom {
  readonly routes: readonly Route[];
  readonly doors: readonly Door[];
  readonly watched: (learner: string) => Watched;
}

export function lookingRoom(
  ports: WorkshopPorts,
  classroom: Classroom,
  /** Who looks or types at a learner's has changed. */
  onChange: (learner: string) => void,
): LookingRoom {
  /** Who asked each learner last for leave to type, and who has it now: the leave is one instructor's. */
  const asked = new Map<string, string>();
  const allowed = new Map<string, string>();
  const looks = new Map<WebSocket, { readonly learner: string; readonly by: string }>();
  const record = ({ workshop, learner }: Member, kind: 'typed' | 'look', text: string, by: string) =>
    classroom.record({ workshop, learner, kind, text, step: undefined, by });

  return {
    watched(learner) {
      const lookers = [...looks.values()].flatMap((one) => (one.learner === learner ? [one.by] : []));
      const [asksToType, mayType] = [asked.get(learner), allowed.get(learner)];
      return {
        lookers: [...new Set(lookers)],
        ...(asksToType === undefined ? {} : { asksToType }),
        ...(mayType === undefined ? {} : { mayType }),
      };
    },
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
          onChange(member.learner);
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
          const [asks, had] = [asked.get(member.learner), allowed.get(member.learner)];
          const by = asks ?? had;
          if (by === undefined) throw new HttpProblem(409, 'Nobody has asked to type in your terminals.');
          // A no ends all of it: the question, and the leave that somebody has.
          asked.delete(member.learner);
          allowed.delete(member.learner);
          if (yes) allowed.set(member.learner, by);
          const deed = yes ? `let ${by} type` : had === undefined ? `did not let ${by} type` : `ended ${had}’s typing`;
          record(member, 'typed', deed, member.name);
          onChange(member.learner);
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
          onChange(learner);
          socket.on('close', () => {
            looks.delete(socket);
            // The leave ends with the last look of the one who had it.
            if (![...looks.values()].some((one) => one.learner === learner && one.by === by)) {
              if (asked.get(learner) === by) asked.delete(learner);
              if (allowed.get(learner) === by) {
                allowed.delete(learner);
                record(member, 'typed', 'stopped looking, which ended the typing', by);
              }
            }
            onChange(learner);
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
