/** The workshops of this server: routes, doors, the gate that the other rooms ask, and the ear for what learners do. */
import type { Door, Route } from '../http/route.ts';
import { admissionTo, type Admission } from './admission.ts';
import { Classroom } from './classroom.ts';
import { gateOf, type Gate } from './gate.ts';
import { helpingRoutes } from './helping.ts';
import { joiningRoutes } from './joining.ts';
import { startKeeping } from './keeping.ts';
import { loginRoutes } from './logins.ts';
import { lookingRoom } from './looking.ts';
import { memberPages, type MemberPages } from './member-pages.ts';
import { openIdRoutes, type OpenIdSettings } from './openid.ts';
import type { LearnerEvent, WorkshopPorts } from './ports.ts';
import { runningRoutes } from './running.ts';
import { showingRoom } from './showing.ts';
import { takingHomeRoutes } from './taking-home.ts';
import { startWarming } from './warming.ts';

export interface WorkshopRoom {
  readonly routes: readonly Route[];
  readonly doors: readonly Door[];
  readonly gate: Gate;
  /** How learners come into a workshop, also those whom a course system sends. */
  readonly admission: Admission;
  /** What a learner's page is to know of the workshop, if the learner is in one. */
  readonly membership: MemberPages['view'];
  readonly learnerDid: (learner: string, event: LearnerEvent) => void;
  /** A learner is erased: nothing of their membership stays, and boards drop their row. */
  readonly forget: (learner: string) => void;
  readonly close: () => void;
}

export interface WorkshopRoomSettings {
  /** Erases a learner whole: lab, records, membership. */
  readonly erase: (learner: string) => Promise<void>;
  readonly openId: OpenIdSettings | undefined;
  /** Days after a workshop's end that its learners' data is kept. */
  readonly keepDays: number;
  readonly onTrouble: (what: string, error: unknown) => void;
}

export function workshopRoom(
  ports: WorkshopPorts,
  { erase, openId, keepDays, onTrouble }: WorkshopRoomSettings,
): WorkshopRoom {
  const classroom = new Classroom(ports, (learner) => pages.tell(learner));
  const gate = gateOf(ports);
  const admission = admissionTo(ports, classroom);
  const looking = lookingRoom(ports, classroom, (learner) => pages.tell(learner));
  const showing = showingRoom(ports, ({ id }) => {
    for (const { learner } of ports.workshops.members(id)) pages.tell(learner);
  });
  const pages: MemberPages = memberPages(ports, { classroom, shown: showing.shown, watched: looking.watched });
  const stopWarming = startWarming(ports);
  const stopKeeping = startKeeping({ ports, classroom, erase, days: keepDays, onTrouble });
  return {
    routes: [
      ...loginRoutes(ports, openId !== undefined),
      ...openIdRoutes(ports, openId),
      ...runningRoutes(ports, classroom),
      ...joiningRoutes(ports, classroom, admission, pages.view, gate),
      ...helpingRoutes(ports, classroom),
      ...takingHomeRoutes(ports, classroom, erase),
      ...looking.routes,
      ...showing.routes,
    ],
    doors: [...looking.doors, ...showing.doors],
    gate,
    admission,
    membership: pages.view,
    learnerDid: (learner, event) => classroom.learnerDid(learner, event),
    forget: (learner) => classroom.forget(learner),
    close() {
      stopWarming();
      stopKeeping();
      classroom.close();
    },
  };
}
