/** Show to all: a terminal of the instructor's own lab, mirrored read-only in every member's page. */
import { z } from 'zod';
import type { WebSocket } from 'ws';
import { HttpProblem, type Door, type Route } from '../http/route.ts';
import type { Workshop } from '../../workshops/workshop.ts';
import { theirWorkshop, theWorkshop } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

const wish = z.strictObject({ host: z.string().max(60).nullable() });
const nothingShown = 4404;

export interface Shown {
  readonly learner: string;
  readonly terminal: string;
  readonly host: string;
  readonly by: string;
}

export interface ShowingRoom {
  readonly routes: readonly Route[];
  readonly doors: readonly Door[];
  /** What the members of a workshop are shown now. */
  readonly shown: (workshop: string) => Shown | undefined;
}

export function showingRoom(
  ports: WorkshopPorts,
  /** What is shown in a workshop has changed. */
  onChange: (workshop: Workshop) => void,
): ShowingRoom {
  const shown = new Map<string, Shown>();
  const watching = new Map<string, Set<WebSocket>>();
  /** Who watched what was shown before does so no longer: the page opens what is shown now. */
  const show = (workshop: Workshop, now: Shown | undefined) => {
    if (now) shown.set(workshop.id, now);
    else shown.delete(workshop.id);
    for (const socket of watching.get(workshop.id) ?? []) socket.close(nothingShown, 'Something else is shown now.');
    onChange(workshop);
  };

  return {
    shown: (workshop) => shown.get(workshop),
    routes: [
      {
        method: 'GET',
        path: '/api/workshops/:workshop/show',
        who: 'instructor',
        handle(request) {
          const now = shown.get(theWorkshop(ports, request.params['workshop']).id);
          return { json: now ? { host: now.host, by: now.by } : null };
        },
      },
      {
        method: 'POST',
        path: '/api/workshops/:workshop/show',
        who: 'instructor',
        async handle(request) {
          const workshop = theirWorkshop(ports, request);
          const { host } = await request.json(wish);
          if (host === null) {
            show(workshop, undefined);
            return { status: 204 };
          }
          const terminal = ports.terminals.list(request.learner).find((one) => one.host === host && one.alive);
          if (!terminal)
            throw new HttpProblem(
              409,
              `You have no terminal on ${host}. Open a lesson in this browser, start your own lab, then show it.`,
            );
          show(workshop, { learner: request.learner, terminal: terminal.id, host, by: request.instructor ?? '' });
          return { status: 204 };
        },
      },
    ],
    doors: [
      {
        path: '/show',
        who: 'learner',
        open(socket, { learner }) {
          const workshop = ports.workshops.membership(learner)?.workshop;
          const now = workshop === undefined ? undefined : shown.get(workshop);
          if (workshop === undefined || !now || !ports.terminals.look(now.learner, now.terminal, socket, () => false))
            return socket.close(nothingShown, 'Nothing is shown now.');
          const watchers = watching.get(workshop) ?? new Set();
          watching.set(workshop, watchers.add(socket));
          socket.on('close', () => watchers.delete(socket));
        },
      },
    ],
  };
}
