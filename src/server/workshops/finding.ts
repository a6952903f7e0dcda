/** The workshop or member that a request names, or a problem that says what is wrong. */
import { HttpProblem, type RouteRequest } from '../http/route.ts';
import type { Member, Workshop } from '../../workshops/workshop.ts';
import type { WorkshopPorts } from './ports.ts';

export function theWorkshop(ports: WorkshopPorts, id: string | undefined): Workshop {
  const workshop = id === undefined ? undefined : ports.workshops.get(id);
  if (!workshop) throw new HttpProblem(404, `There is no workshop "${id}". Open one from the list.`);
  return workshop;
}

/**
 * The workshop for one who acts in it: only its own instructors do, so that nobody pauses the class next door by
 * mistake. Looking at its board and its results is open to every instructor.
 */
export function theirWorkshop(ports: WorkshopPorts, request: RouteRequest): Workshop {
  const workshop = theWorkshop(ports, request.params['workshop']);
  if (!workshop.instructors.includes(request.instructor ?? ''))
    throw new HttpProblem(
      403,
      `"${workshop.title}" is run by ${workshop.instructors.join(', ')}. Press "Help to run it" on its board first.`,
    );
  return workshop;
}

export function theMember(ports: WorkshopPorts, workshop: Workshop, learner: string | undefined): Member {
  const member = ports.workshops.members(workshop.id).find((one) => one.learner === learner);
  if (!member) throw new HttpProblem(404, `"${learner}" is not a member of "${workshop.title}".`);
  return member;
}
