/** How a learner comes into a workshop: the code finds it, a seat is free, and it has not ended. */
import { HttpProblem } from '../http/route.ts';
import { stateOf, tidyCode, type Member, type Workshop } from '../../workshops/workshop.ts';
import type { Classroom } from './classroom.ts';
import { theMember } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

export interface Admission {
  /** The workshop of a code, whatever its state. */
  find(code: string): Workshop;
  /** The same, for who is not in it yet: refused when it has ended. */
  open(code: string): Workshop;
  /** Makes a learner a member; `learner` is asked only once there is a seat. Answers the personal return link's secret. */
  admit(workshop: Workshop, name: string, learner: () => string): { readonly member: Member; readonly secret: string };
}

export function admissionTo(ports: WorkshopPorts, classroom: Classroom): Admission {
  const find = (typed: string): Workshop => {
    const code = tidyCode(typed);
    const workshop = ports.workshops.byCode(code);
    if (!workshop)
      throw new HttpProblem(404, `No workshop has the code "${code}". Look again at what the instructor shows.`);
    return workshop;
  };
  return {
    find,
    open(code) {
      const workshop = find(code);
      const state = stateOf(workshop, ports.now());
      if (state === 'ended' || state === 'archived')
        throw new HttpProblem(410, `The workshop "${workshop.title}" has ended.`);
      return workshop;
    },
    admit(workshop, name, learner) {
      if (ports.workshops.members(workshop.id).length >= workshop.seats)
        throw new HttpProblem(
          409,
          `All ${workshop.seats} seats of "${workshop.title}" are taken. Tell the instructor.`,
        );
      const joined = { workshop: workshop.id, learner: learner(), name, joinedAt: ports.now() };
      const secret = ports.workshops.join(joined);
      const member = theMember(ports, workshop, joined.learner);
      classroom.record({
        workshop: workshop.id,
        learner: member.learner,
        kind: 'joined',
        text: '',
        step: undefined,
        by: name,
      });
      classroom.memberCame(workshop);
      return { member, secret };
    },
  };
}
