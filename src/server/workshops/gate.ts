/** What a workshop's state forbids its members, in words for the learner. Self-paced learners are never refused. */
import type { StepId } from '#shared/wire.ts';
import { closedBecause, type Member } from '../../workshops/workshop.ts';
import type { WorkshopPorts } from './ports.ts';

export type Gate = (
  learner: string,
  wish:
    | { readonly what: 'enter' | 'check'; readonly lesson: string }
    | { readonly what: 'solution'; readonly step: StepId },
) => string | undefined;

const unlocked = (ports: WorkshopPorts, member: Member, step: StepId): boolean =>
  ports.workshops.happenings(member.workshop, member.learner).some((one) => one.kind === 'unlock' && one.step === step);

export const gateOf =
  (ports: WorkshopPorts): Gate =>
  (learner, wish) => {
    const member = ports.workshops.membership(learner);
    const workshop = member && ports.workshops.get(member.workshop);
    // An ended workshop lets its members go on alone.
    if (!member || !workshop || workshop.archived || ports.now() >= workshop.endsAt) return undefined;
    if (wish.what !== 'solution') return closedBecause(workshop, wish.lesson, ports.now());
    if (workshop.solutions === 'open' || unlocked(ports, member, wish.step)) return undefined;
    return 'The instructor keeps the solutions of this workshop. Ask for help: it can be unlocked for you.';
  };
