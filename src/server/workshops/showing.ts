/** Show to all: a terminal of the instructor's own lab, mirrored read-only in every member's page. */
import { z } from 'zod';
import { HttpProblem, type Door, type Route } from '../http/route.ts';
import { theirWorkshop } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

const wish = z.strictObject({ host: z.string().max(60).nullable() });
const nothingShown = 4404;

export interface Shown {
  readonly learner: string;
  readonly terminal: string;
  readonly by: string;
}

export interface ShowingRoom {
  readonly routes: readonly Route[];
  readonly doors: readonly Door[];
  /** What the members of a workshop are shown now. */
  readonly shown: (workshop: string) => Shown | undefined;
}

export function showingRoom(ports: WorkshopPorts): ShowingRoom {
  const shown = new Map<string, Shown>();
  const tell = (workshop: string, by: string, on: boolean) => {
    for (const { learner } of ports.workshops.members(workshop)) ports.push(learner, { type: 'showing', by, on });
  };

  return {
    shown: (workshop) => shown.get(workshop),
    routes: [
      {
        method: 'POST',
        path: '/api/workshops/:workshop/show',
        who: 'instructor',
        async handle(request) {
          const { id } = theirWorkshop(ports, request);
          const { host } = await request.json(wish);
          const by = request.instructor ?? '';
          if (host === null) {
            shown.delete(id);
            tell(id, by, false);
            return { status: 204 };
          }
          const terminal = ports.terminals.list(request.learner).find((one) => one.host === host && one.alive);
          if (!terminal)
            throw new HttpProblem(
              409,
              `You have no terminal on ${host}. Open a lesson in this browser, start your own lab, then show it.`,
            );
          shown.set(id, { learner: request.learner, terminal: terminal.id, by });
          tell(id, by, true);
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
          if (!now || !ports.terminals.look(now.learner, now.terminal, socket, () => false))
            socket.close(nothingShown, 'Nothing is shown now.');
        },
      },
    ],
  };
}
