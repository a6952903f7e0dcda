/** Who a launched person is here, and which page they see: always the same learner, in the workshop that the link names. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Launch } from '../../lti/claims.ts';
import type { Platform } from '../../lti/platforms.ts';
import type { LtiRecords } from '../../lti/records.ts';
import type { Workshop } from '../../workshops/workshop.ts';
import type { WorkshopRecords } from '../../workshops/records.ts';
import type { Sessions } from '../http/session.ts';
import type { Shelf } from '../lessons/shelf.ts';
import type { Admission } from '../workshops/admission.ts';

export interface EnterParts {
  readonly lti: LtiRecords;
  readonly workshops: Pick<WorkshopRecords, 'membership'>;
  readonly admission: Admission;
  readonly newLearner: () => string;
  readonly shelf: Shelf;
  readonly sessions: Pick<Sessions, 'change'>;
  /** The learner's scores go to the launched link from now on. */
  readonly onEntered: (learner: string) => void;
  readonly now: () => Date;
}

/** Gives the browser the launched person's session; the path of the page to show. Throws a problem that says why not. */
export type Enter = (launch: Launch, platform: Platform, request: IncomingMessage, response: ServerResponse) => string;

export function entering(parts: EnterParts): Enter {
  const { lti, workshops, admission, newLearner, shelf, sessions, now } = parts;

  /** One learner is in one workshop, so a person has one learner for each, and one for no workshop. */
  const learnerOf = ({ issuer, subject, name }: Launch, workshop: Workshop | undefined): string => {
    const known = lti.learners(issuer, subject);
    if (!workshop) return known[0] ?? newLearner();
    const membership = (learner: string) => workshops.membership(learner)?.workshop;
    const there = known.find((learner) => membership(learner) === workshop.id);
    if (there !== undefined) return there;
    const open = admission.open(workshop.code);
    const free = known.find((learner) => membership(learner) === undefined);
    return admission.admit(open, name ?? `Learner ${subject.slice(-4)}`, () => free ?? newLearner()).member.learner;
  };

  return (launch, platform, request, response) => {
    const { issuer, clientId, subject, lesson, lineItem } = launch;
    const workshop = launch.workshop === undefined ? undefined : admission.find(launch.workshop);
    // Throws when there is none of that name, and says which there are.
    if (lesson !== undefined) shelf.lesson(lesson);
    const teaches = launch.isInstructor && platform.instructors;
    const learner = learnerOf(launch, teaches ? undefined : workshop);
    lti.launched({ issuer, subject, learner }, now());
    // The session is what the launch says and nothing else: whoever used this browser before is somebody else.
    sessions.change(request, response, {
      learner,
      instructor: teaches ? (launch.name ?? 'Instructor') : undefined,
    });
    if (teaches) return workshop ? `/instructor/board/?workshop=${workshop.id}` : '/instructor/';
    if (lineItem !== undefined) lti.follow({ learner, lineItem, issuer, clientId, subject, lesson });
    parts.onEntered(learner);
    const first = lesson ?? workshop?.lessons[0];
    return first === undefined ? '/' : `/lessons/${first}/`;
  };
}
