/** What a member's open pages know of the workshop. They are told it whole whenever any of it changes. */
import type { MembershipView } from '#shared/board.ts';
import { viewOf } from '../../workshops/workshop.ts';
import type { Classroom } from './classroom.ts';
import type { Watched } from './looking.ts';
import type { WorkshopPorts } from './ports.ts';
import type { Shown } from './showing.ts';

export interface MemberPages {
  /** Undefined for who is in no workshop. */
  readonly view: (learner: string) => MembershipView | undefined;
  readonly tell: (learner: string) => void;
}

export function memberPages(
  ports: WorkshopPorts,
  parts: {
    readonly classroom: Pick<Classroom, 'classStep' | 'help'>;
    readonly shown: (workshop: string) => Shown | undefined;
    readonly watched: (learner: string) => Watched;
  },
): MemberPages {
  const view = (learner: string): MembershipView | undefined => {
    const member = ports.workshops.membership(learner);
    const workshop = member && ports.workshops.get(member.workshop);
    if (!member || !workshop) return undefined;
    const classStep = parts.classroom.classStep(workshop);
    const help = parts.classroom.help(member);
    const shown = parts.shown(workshop.id);
    return {
      workshop: viewOf(workshop, ports.workshops.members(workshop.id).length, ports.now()),
      name: member.name,
      ...(classStep === undefined ? {} : { classStep }),
      ...(help ? { helpAskedAt: help.at } : {}),
      ...(shown ? { showing: { by: shown.by, host: shown.host, terminal: shown.terminal } } : {}),
      ...parts.watched(learner),
    };
  };
  return {
    view,
    tell(learner) {
      const membership = view(learner);
      ports.push(learner, { type: 'membership', ...(membership && { membership }) });
    },
  };
}
