/** The workshop or member that a request names, or a problem that says what is wrong. */
import { HttpProblem } from '../http/route.ts';
import type { Member, Workshop } from '../../workshops/workshop.ts';
import type { WorkshopPorts } from './ports.ts';

export function theWorkshop(ports: WorkshopPorts, id: string | undefined): Workshop {
  const workshop = id === undefined ? undefined : ports.workshops.get(id);
  if (!workshop) throw new HttpProblem(404, `There is no workshop "${id}". Open one from the list.`);
  return workshop;
}

export function theMember(ports: WorkshopPorts, workshop: Workshop, learner: string | undefined): Member {
  const member = ports.workshops.members(workshop.id).find((one) => one.learner === learner);
  if (!member) throw new HttpProblem(404, `"${learner}" is not a member of "${workshop.title}".`);
  return member;
}
